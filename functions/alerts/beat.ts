import type { Beat, Heartbeat, SignalsMessage } from '../../shared/alerts/index.ts';
import { type Instant, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { readHeartbeat, writeHeartbeat } from '../aws/heartbeats.ts';
import { sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';

/** How often a heartbeat is read anew when others write it at the same time. */
const ATTEMPTS = 8;

/**
 * Takes the next step of a heartbeat: what alerts are to hear is sent before it is written, so whoever dies in between does it
 * again, and both are the same signal.
 */
export async function takeBeat(
  org: OrganisationId,
  name: string,
  now: Instant,
  step: (heartbeat: Heartbeat) => Beat | undefined,
): Promise<Heartbeat> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const heartbeat = await readHeartbeat(org, name);
    if (heartbeat === undefined) throw new Refusal('not_found', `There is no heartbeat '${name}' here.`);
    const beat = step(heartbeat);
    if (beat === undefined || beat.heartbeat === heartbeat) return heartbeat;
    if (beat.signal !== undefined) await tell(org, heartbeat, beat.signal, now);
    if (await writeHeartbeat(org, beat.heartbeat)) return beat.heartbeat;
  }
  throw new Refusal('unavailable', 'Others change this heartbeat just now; try again.');
}

/** Sends what alerts are to hear of a heartbeat. One that is told twice is the same signal, and counts once. */
export async function tell(
  org: OrganisationId,
  { id, missedAt = 0 }: Heartbeat,
  signal: SignalsMessage['signals'][number],
  now: Instant,
): Promise<void> {
  const body: SignalsMessage = {
    kind: 'signals',
    ...{ org, integration: id, source: 'heartbeat' },
    ...{ receipt: `${id}/${missedAt}/${signal.state}`, receivedAt: now, signals: [signal] },
  };
  await sendTo(setting('alertQueue')).send([{ body, group: id }]);
}
