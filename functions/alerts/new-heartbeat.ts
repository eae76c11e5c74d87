import { randomBytes } from 'node:crypto';
import { ended, type Heartbeat, type HeartbeatPlan } from '../../shared/alerts/index.ts';
import {
  type Instant,
  type IntegrationId,
  idOf,
  type OrganisationId,
  Refusal,
} from '../../shared/kernel/index.ts';
import { MOST_HEARTBEATS, makeHeartbeat, readHeartbeats, removeHeartbeat } from '../aws/heartbeats.ts';
import { sha256 } from '../aws/random.ts';
import { tell } from './beat.ts';

interface Wanted {
  readonly name: string;
  readonly plan: Partial<HeartbeatPlan> & Pick<HeartbeatPlan, 'interval'>;
  readonly at: Instant;
  readonly seed: string;
  /** By whose key it is made; left out where a person makes it. */
  readonly madeBy?: IntegrationId;
}

/** Makes a heartbeat with a key of its own; nothing is expected of it until it calls for the first time. */
export async function newHeartbeat(
  org: OrganisationId,
  { name, plan, at, seed, madeBy }: Wanted,
): Promise<{ readonly heartbeat: Heartbeat; readonly secret: string }> {
  const others = await readHeartbeats(org);
  if (others.length >= MOST_HEARTBEATS) {
    throw new Refusal(
      'conflict',
      `There are ${others.length} heartbeats; at most ${MOST_HEARTBEATS} are allowed.`,
    );
  }
  const secret = randomBytes(16).toString('hex');
  const heartbeat: Heartbeat = {
    ...{ grace: 0, enabled: true, severity: 'P3_MEDIUM' },
    ...plan,
    ...{ name, id: idOf('integration', at, org, 'heartbeat', seed), createdAt: at },
    ...(madeBy && { madeBy }),
    ...{ door: sha256(secret), version: 1 },
  };
  if (await makeHeartbeat(org, heartbeat, secret)) return { heartbeat, secret };
  throw new Refusal(
    'conflict',
    `There is a heartbeat '${name}' already; change it, or choose another name.`,
    'body.name',
  );
}

/** Ends a heartbeat, and first its alert. */
export async function endHeartbeatNow(
  org: OrganisationId,
  heartbeat: Heartbeat,
  now: Instant,
): Promise<void> {
  const signal = ended(heartbeat, now);
  if (signal !== undefined) await tell(org, heartbeat, signal, now);
  if (!(await removeHeartbeat(org, heartbeat)))
    throw new Refusal('unavailable', 'It changes just now; try again.');
}
