import { randomBytes } from 'node:crypto';
import { alertsApi } from '../../shared/alerts/api.ts';
import type { Heartbeat, HeartbeatPlan } from '../../shared/alerts/index.ts';
import { idOf, Refusal } from '../../shared/kernel/index.ts';
import { MOST_HEARTBEATS, makeHeartbeat, readHeartbeats } from '../aws/heartbeats.ts';
import { sha256 } from '../aws/random.ts';
import { setting } from '../aws/settings.ts';
import { verb } from '../edge/verb.ts';
import { planOf, viewHeartbeat } from './heartbeat-view.ts';

/** Makes a heartbeat: nothing is expected of it until it calls for the first time. */
export const createHeartbeat = verb({
  api: alertsApi['create-heartbeat'],
  run: async ({ ctx: { org }, body: { name, ...said }, attempt }) => {
    const others = await readHeartbeats(org);
    if (others.length >= MOST_HEARTBEATS) {
      throw new Refusal(
        'conflict',
        `There are ${others.length} heartbeats; at most ${MOST_HEARTBEATS} are allowed.`,
      );
    }
    const secret = randomBytes(16).toString('hex');
    const heartbeat: Heartbeat = {
      // Every field that a plan must have is in the body, by its schema.
      ...(planOf(said) as HeartbeatPlan),
      name,
      id: idOf('integration', attempt.at, org, 'heartbeat', attempt.seed),
      ...{ createdAt: attempt.at, door: sha256(secret), version: 1 },
    };
    if (!(await makeHeartbeat(org, heartbeat, secret))) {
      throw new Refusal(
        'conflict',
        `There is a heartbeat '${name}' already; change it, or choose another name.`,
        'body.name',
      );
    }
    const base = setting('alertsUrl').replace(/\/+$/, '');
    return { ...viewHeartbeat(heartbeat, attempt.at), url: `${base}/heartbeats/${secret}` };
  },
});
