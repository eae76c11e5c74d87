import {
  type CanaryRun,
  canaryBody,
  formerDoors,
  isForgotten,
  planCanary,
  secondsToIncident,
} from '../../shared/operations/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import {
  closeCanaryDoor,
  incidentRecordedAt,
  listRuns,
  openCanaryDoor,
  removeRun,
  removeTraces,
  storeRun,
} from '../aws/canary.ts';
import { clock } from '../aws/clock.ts';
import { sha256 } from '../aws/random.ts';
import { keyFor } from '../aws/secret.ts';
import { readSettings } from '../aws/settings.ts';
import { log } from '../edge/log.ts';
import { emit } from '../edge/metrics.ts';
import { schedule } from '../edge/schedule.ts';
import { postAlerts } from './post-alerts.ts';

const { publicUrl } = readSettings(functions.Canary.env);

/** Where the canary posts to, and the hash of the key that is in it. */
interface Address {
  readonly url: string;
  readonly door: string;
}

let address: Promise<Address> | undefined;

/**
 * Sends an alert of the system's own on the whole way of every other: the public address, gateway, receiving, queue, detection,
 * table. Looks whether that of the run before became an incident, says so by a metric, and ends it. When the metric stays away,
 * an alarm tells.
 */
export const handler = schedule(async () => {
  const runs = await listRuns();
  address ??= openAddress(runs);
  const { url, door } = await address.catch((error: unknown) => {
    address = undefined;
    throw error;
  });
  const plan = planCanary(runs, clock.now());
  if (plan.before) await tellOf(plan.before);
  await storeRun({ ...plan.own, door });
  await postAlerts(url, canaryBody(plan));
  const cleared = await allDone(plan.over.map(clear));
  log.info('canary posted', { minute: plan.own.minute, cleared: cleared.filter(Boolean).length });
});

/**
 * The address that the canary posts to. Its key is derived, so nobody has to keep it; the door is made at the first run, and that
 * of a former secret is closed.
 */
async function openAddress(runs: readonly CanaryRun[]): Promise<Address> {
  const key = Buffer.from(await keyFor('canary'))
    .toString('hex')
    .slice(0, 32);
  await openCanaryDoor(key);
  const door = sha256(key);
  await allDone(formerDoors(runs, door).map((former) => closeCanaryDoor(former, clock.now())));
  return { url: `${publicUrl.replace(/\/+$/, '')}/webhooks/generic/${key}`, door };
}

async function tellOf(run: CanaryRun): Promise<void> {
  const recordedAt = await incidentRecordedAt(run);
  if (recordedAt === undefined) log.warn('the canary became no incident', { minute: run.minute });
  else emit('CanaryBecameIncident', secondsToIncident(run, recordedAt));
}

/**
 * Facts are kept for ever, those of the canary are not: else it would fill the table. A run goes only when a second look finds
 * nothing more of its alert.
 */
async function clear(run: CanaryRun): Promise<boolean> {
  const now = clock.now();
  const traces = await removeTraces(run, now);
  if (traces === 'removed') await storeRun({ ...run, cleared: true });
  const gone = traces === 'none' && (run.cleared === true || isForgotten(run, now));
  if (gone) await removeRun(run);
  return gone;
}
