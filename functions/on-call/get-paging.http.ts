import { Refusal, toText } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { pagingOf } from '../../shared/on-call/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { readPaging } from '../aws/paging-record.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { callerIn } from './caller.ts';

/** Why somebody was paged for an incident, or why not, from the record. */
export const getPaging = verb({
  api: onCallApi['get-paging'],
  run: async ({ ctx, params: { id }, query }) => {
    const { org } = ctx;
    const [incident, { body }] = await allDone([
      visibleIncident(org, id),
      loadConfiguration(org, tellLeftOut),
    ]);
    const { record, known } = await readPaging(incident, body, clock.now());
    const person = query.person ?? callerIn(ctx, known);
    if (known.every((one) => one.id !== person))
      throw new Refusal('not_found', `There is no person '${person}' here.`, 'query.person');
    return {
      person: { id: person, name: record.nameOf(person) },
      items: pagingOf(person, record).map(({ at, text }) => ({
        ...(at !== undefined && { at: toText(at) }),
        text,
      })),
    };
  },
});
