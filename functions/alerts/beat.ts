import type { Beat, Heartbeat, SignalsMessage } from '../../shared/alerts/index.ts';
import { type Instant, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { readHeartbeat, writeHeartbeat } from '../aws/heartbeats.ts';
import { setting } from '../aws/settings.ts';
import { logFault } from '../edge/errors.ts';
import { available } from './open-door.ts';
import type { Storing } from './ports.ts';
import { store } from './store.ts';
import { storing } from './storing.ts';

/** How often a heartbeat is read anew when others write it at the same time. */
const ATTEMPTS = 8;

/** How what alerts are to hear is stored. */
export type Tell = (message: SignalsMessage) => Promise<void>;

let ports: Omit<Storing, 'visit'> | undefined;

/** As alerts are: in the queue, else in the table. It lives as long as its environment, as what it knows of the queue does. */
async function storeAsAlert(message: SignalsMessage): Promise<void> {
  ports ??= storing(setting('alertQueue'));
  await available('It could not be stored', store([message], ports), { fault: logFault });
}

/**
 * Takes the next step of a heartbeat: what alerts are to hear is sent before it is written, so whoever dies in between does it
 * again, and both are the same signal.
 */
export async function takeBeat(
  org: OrganisationId,
  name: string,
  now: Instant,
  step: (heartbeat: Heartbeat) => Beat | undefined,
  told: Tell = storeAsAlert,
): Promise<Heartbeat> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const heartbeat = await stored(readHeartbeat(org, name));
    if (heartbeat === undefined) throw new Refusal('not_found', `There is no heartbeat '${name}' here.`);
    const beat = step(heartbeat);
    if (beat === undefined || beat.heartbeat === heartbeat) return heartbeat;
    if (beat.signal !== undefined) await tell(org, heartbeat, beat.signal, now, told);
    if (await stored(writeHeartbeat(org, beat.heartbeat))) return beat.heartbeat;
  }
  throw new Refusal('unavailable', 'Others change this heartbeat just now; try again.');
}

const stored = <Result>(pending: Promise<Result>) =>
  available('The heartbeat could not be read or written', pending, { fault: logFault });

/** Sends what alerts are to hear of a heartbeat. One that is told twice is the same signal, and counts once. */
export async function tell(
  org: OrganisationId,
  { id, missedAt = 0 }: Heartbeat,
  signal: SignalsMessage['signals'][number],
  now: Instant,
  told: Tell = storeAsAlert,
): Promise<void> {
  const body: SignalsMessage = {
    kind: 'signals',
    ...{ org, integration: id, source: 'heartbeat' },
    ...{ receipt: `${id}/${missedAt}/${signal.state}`, receivedAt: now, signals: [signal] },
  };
  await told(body);
}
