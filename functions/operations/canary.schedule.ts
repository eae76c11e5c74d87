import {
  type CanaryRun,
  canaryBody,
  isForgotten,
  planCanary,
  secondsToIncident,
} from '../../shared/operations/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import {
  incidentRecordedAt,
  listRuns,
  openCanaryDoor,
  removeRun,
  removeTraces,
  storeRun,
} from '../aws/canary.ts';
import { clock } from '../aws/clock.ts';
import { keyFor } from '../aws/secret.ts';
import { readSettings } from '../aws/settings.ts';
import { log } from '../edge/log.ts';
import { emit } from '../edge/metrics.ts';
import { schedule } from '../edge/schedule.ts';
import { postAlerts } from './post-alerts.ts';

const { publicUrl } = readSettings(functions.Canary.env);

let address: Promise<string> | undefined;

/**
 * Sends an alert of the system's own on the whole way of every other: the public address, gateway, receiving, queue, detection,
 * table. Looks whether that of the run before became an incident, says so by a metric, and ends it. When the metric stays away,
 * an alarm tells.
 */
export const handler = schedule(async () => {
  address ??= openAddress();
  const url = await address.catch((error: unknown) => {
    address = undefined;
    throw error;
  });
  const plan = planCanary(await listRuns(), clock.now());
  if (plan.before) await tellOf(plan.before);
  await storeRun(plan.own);
  await postAlerts(url, canaryBody(plan));
  const cleared = await allDone(plan.over.map(clear));
  log.info('canary posted', { minute: plan.own.minute, cleared: cleared.filter(Boolean).length });
});

/** The address that the canary posts to. Its key is derived, so nobody has to keep it; the door is made at the first run. */
async function openAddress(): Promise<string> {
  const key = Buffer.from(await keyFor('canary'))
    .toString('hex')
    .slice(0, 32);
  await openCanaryDoor(key);
  return `${publicUrl.replace(/\/+$/, '')}/webhooks/generic/${key}`;
}

async function tellOf(run: CanaryRun): Promise<void> {
  const recordedAt = await incidentRecordedAt(run);
  if (recordedAt === undefined) log.warn('the canary became no incident', { minute: run.minute });
  else emit('CanaryBecameIncident', secondsToIncident(run, recordedAt));
}

/** Facts are kept for ever, those of the canary are not: else it would fill the table. */
async function clear(run: CanaryRun): Promise<boolean> {
  const gone = (await removeTraces(run)) || isForgotten(run, clock.now());
  if (gone) await removeRun(run);
  return gone;
}
