import { viewExplanation } from '../../shared/alerts/index.ts';
import { explainIncident as explained, flappingBy } from '../../shared/detection/index.ts';
import { onCallApi } from '../../shared/on-call/api.ts';
import { escalationTold } from '../../shared/on-call/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { readGuard } from '../aws/guards.ts';
import { named } from '../aws/integration-names.ts';
import { boundedLog } from '../aws/log-pages.ts';
import { readPaging } from '../aws/paging-record.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { absorbedInto, mergedOn } from './absorbed.ts';
import { firstHeads } from './first-heads.ts';
import { flappingIn } from './flapping-in.ts';

/** Why an incident is as it is, and whom it paged. */
export const explainIncident = verb({
  api: onCallApi['explain-incident'],
  run: async ({ ctx: { org }, params: { id } }) => {
    const now = clock.now();
    const [incident, { body }] = await allDone([
      visibleIncident(org, id),
      loadConfiguration(org, tellLeftOut),
    ]);
    const [{ facts, untold }, { record }, guard, on] = await allDone([
      boundedLog(org, id),
      readPaging(incident, body, now),
      incident.correlation ? readGuard(org, incident.correlation.hash) : undefined,
      mergedOn(org, incident),
    ]);
    const [into] = on;
    const { nameOf, held } = record;
    const [absorbed, heads, flapping] = await allDone([
      absorbedInto(org, facts),
      firstHeads(org, facts),
      flappingIn(incident, facts, { now, settings: flappingBy(body.detection) }),
    ]);
    const told = {
      ...{ now, incident, facts, untold, nameOf, paging: escalationTold(record), rules: body.rules },
      ...absorbed,
      ...heads,
      ...(held && { held }),
      ...(guard && { guard }),
      ...(into && { into: into.incident, on }),
      ...flapping,
    };
    return { incident: id, ...viewExplanation(await named(org, explained(told))) };
  },
});
