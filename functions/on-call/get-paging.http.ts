import { Refusal, toText } from '../../shared/kernel/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { pagingOf, policyFor } from '../../shared/on-call/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { deliveriesOf } from '../aws/delivery-intents.ts';
import { listMembers } from '../aws/organisations.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { callerIn } from './caller.ts';
import { pagingFacts } from './paging-facts.ts';

/** Why somebody was paged for an incident, or why not, from the record. */
export const getPaging = verb({
  api: onCallApi['get-paging'],
  run: async ({ ctx, params: { id }, query }) => {
    const { org } = ctx;
    const [incident, pages, { body }, members] = await allDone([
      visibleIncident(org, id),
      deliveriesOf(org, id),
      loadConfiguration(org, tellLeftOut),
      listMembers(org),
    ]);
    const known = [
      ...body.people,
      ...members.map(({ person, name, email }) => ({ id: person, name, email })),
    ];
    const nameOf = (person: string): string => known.find((one) => one.id === person)?.name ?? person;
    const person = query.person ?? callerIn(ctx, known);
    if (known.every((one) => one.id !== person))
      throw new Refusal('not_found', `There is no person '${person}' here.`, 'query.person');
    const reasons = pagingOf(person, {
      incident,
      facts: await pagingFacts(incident),
      pages: pages.filter(({ generation }) => generation === incident.generation),
      policy: policyFor(incident, body.policies),
      schedules: body.schedules,
      nameOf,
    });
    return {
      person: { id: person, name: nameOf(person) },
      items: reasons.map(({ at, text }) => ({ ...(at !== undefined && { at: toText(at) }), text })),
    };
  },
});
