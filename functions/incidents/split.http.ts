import { decideSplit } from '../../shared/detection/index.ts';
import { incidentsApi } from '../../shared/incidents/api.ts';
import { viewIncident } from '../../shared/incidents/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { readGuard } from '../aws/guards.ts';
import { loadHeads } from '../aws/members.ts';
import { setting } from '../aws/settings.ts';
import { writeSplit } from '../aws/split-write.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { alertsOf } from './alerts.ts';
import { nextStepMessages, sendEscalation } from './escalation.ts';
import { goneWith, without } from './parting.ts';
import { etag } from './version.ts';
import { visibleIncident } from './visible.ts';

/** How often it is decided anew after another writer was faster. */
const ATTEMPTS = 8;

/** Takes alerts out of an incident into a new one; what is left behind may be over by that. */
export const split = verb({
  api: incidentsApi.split,
  run: async ({ ctx, params, body, cause }) => {
    const now = clock.now();
    await visibleIncident(ctx.org, params.id);
    const entries = await alertsOf(ctx.org, params.id, now);
    const members = new Map(entries.map(({ fingerprint, severity }) => [fingerprint, severity]));
    const alerts = [...new Set(body.alerts)];
    refuseStrangers(alerts.filter((one) => !members.has(one)));
    if (alerts.length === members.size)
      throw new Refusal(
        'invalid',
        'These are all alerts of the incident: nothing would be left in it.',
        'body.alerts',
      );
    const wish = {
      ...{ reason: body.reason, by: 'name' in ctx.actor ? ctx.actor.name : ctx.actor.id },
      severities: members,
      ...(body.title !== undefined && { title: body.title }),
    };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const source = await visibleIncident(ctx.org, params.id);
      const leaving = await loadHeads(ctx.org, alerts);
      // What joined since the last attempt stays, too.
      const there = attempt === 0 ? entries : await alertsOf(ctx.org, params.id, now);
      const gone = await goneWith(source, leaving, without(there, alerts));
      const hash = source.correlation?.hash;
      const guard = hash !== undefined && { guard: await readGuard(ctx.org, hash) };
      const decided = decideSplit(source, leaving, { ...wish, gone, ...guard }, now);
      const made = await writeSplit(source, decided, { actor: ctx.actor, now, cause });
      if (!made) continue;
      await sendEscalation(nextStepMessages([made], now));
      const location = `${setting('publicUrl')}/api/incidents/${made.id}`;
      return reply(201, viewIncident(made), { ...etag(made), location });
    }
    throw new Refusal('unavailable', 'Too much happened to these alerts at once; try again.');
  },
});

function refuseStrangers([stranger]: readonly string[]): void {
  if (stranger === undefined) return;
  throw new Refusal(
    'invalid',
    `The alert ${stranger} is not in this incident; GET …/alerts lists those that are.`,
    'body.alerts',
  );
}
