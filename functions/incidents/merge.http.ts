import { mergeByHand } from '../../shared/detection/index.ts';
import { incidentsApi } from '../../shared/incidents/api.ts';
import { type Incident, viewIncident } from '../../shared/incidents/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { readGuard } from '../aws/guards.ts';
import type { Recording } from '../aws/incident-rows.ts';
import { writeMerge } from '../aws/merge-write.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { nextStepMessages, sendEscalation } from './escalation.ts';
import { etag } from './version.ts';
import { visibleIncident } from './visible.ts';

/** How often it is decided anew after another writer was faster. */
const ATTEMPTS = 8;

/** Merges open incidents into one, one after the other; what was merged into it already stays so. */
export const merge = verb({
  api: incidentsApi.merge,
  run: async ({ ctx, params, body, cause }) => {
    const now = clock.now();
    const recording = { actor: ctx.actor, now, cause };
    let into = await visibleIncident(ctx.org, params.id);
    for (const id of new Set(body.incidents)) {
      const from = await visibleIncident(ctx.org, id);
      const isDone = from.state === 'resolved' && from.mergedInto === into.id;
      if (!isDone) into = await mergeOne(into, from, body.reason, recording);
    }
    await sendEscalation(nextStepMessages([into], now));
    return reply(200, viewIncident(into), etag(into));
  },
});

async function mergeOne(
  into: Incident,
  from: Incident,
  reason: string,
  recording: Recording,
): Promise<Incident> {
  let sides: readonly [Incident, Incident] = [into, from];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [keep, gone] = await allDone(sides.map(withGuard));
    if (!keep || !gone) break;
    const written = await writeMerge(sides, mergeByHand(keep, gone, reason, recording.now), recording);
    if (written) return written[0];
    const { org } = into;
    sides = [await visibleIncident(org, into.id), await visibleIncident(org, from.id)];
  }
  throw new Refusal('unavailable', 'Too much happened to these incidents at once; try again.');
}

async function withGuard(incident: Incident) {
  const { org, correlation } = incident;
  return { incident, ...(correlation && { guard: await readGuard(org, correlation.hash) }) };
}
