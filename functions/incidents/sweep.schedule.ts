import { type Incident, MESSAGE_HORIZON } from '../../shared/incidents/index.ts';
import { type Instant, MINUTE } from '../../shared/kernel/index.ts';
import { type Key, schema, shards } from '../../shared/table/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { checkHeartbeats } from '../alerts/check-heartbeats.ts';
import { sendParked } from '../alerts/send-parked.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { ExpiringCache } from '../aws/expiring-cache.ts';
import { stored } from '../aws/incident-rows.ts';
import { readSettings } from '../aws/settings.ts';
import { table } from '../aws/table.ts';
import { log } from '../edge/log.ts';
import { emit } from '../edge/metrics.ts';
import { schedule } from '../edge/schedule.ts';
import { nextStepMessages, sendEscalation } from './escalation.ts';
import { sendCounts } from './send-counts.ts';
import { sendLapses } from './send-lapses.ts';
import { sendReleases } from './send-releases.ts';
import { sendRuns } from './send-runs.ts';

const { alertQueue, runbookQueue } = readSettings(functions.Sweep.env);

/** A step that is due for longer should have been taken: its message was lost or its worker fails. */
const LATE = MINUTE;

/** Steps that this environment has sent already, so that it sends each once; a new environment may send some again. */
const sent = new ExpiringCache<true>(10_000);

type Row = Key & { readonly gsi2sk: string };

/**
 * Sends the steps that come due and, as the auditor, once more those that are overdue; also the counts whose own message was
 * lost, the alerts that the queue did not take, the heartbeats that stayed away, the alerts that end by themselves,
 * and what ended silences held back. Its last lines tell how many, and that it finished: when they stay away, an alarm tells.
 */
export const handler = schedule(async () => {
  const now = clock.now();
  const [steps, runs, counts, parked, heartbeats, lapses, releases] = await allDone([
    sendSteps(now),
    sendRuns(now, runbookQueue, sent),
    sendCounts(now, alertQueue),
    sendParked(alertQueue),
    checkHeartbeats(now),
    sendLapses(now, alertQueue),
    sendReleases(now, alertQueue),
  ]);
  log.info('sweep finished', { ...steps, runs, counts, parked, heartbeats, lapses, releases });
  emit('SweepFinished', clock.now() - now);
});

async function sendSteps(now: Instant) {
  const rows = (await allDone(eachShard((shard) => dueRows(shard, now)))).flat();
  const fresh = rows.filter((row) => sent.get(nameOf(row)) === undefined);
  const heads = await table.load(fresh.map(({ pk, sk }) => ({ pk, sk })));
  const incidents = heads.flatMap((row) => (row ? [stored<Incident>(row)] : []));
  await sendEscalation(nextStepMessages(incidents, now));
  // Until it is due; from then on every run sends it again.
  for (const row of fresh) sent.set(nameOf(row), true, Math.max(0, dueAtOf(row) - now));
  const overdue = rows.filter((row) => dueAtOf(row) < now - LATE).length;
  return { found: rows.length, sent: fresh.length, overdue };
}

const eachShard = <Found>(ask: (shard: number) => Promise<Found>) => [...Array(shards.due).keys()].map(ask);

/** The steps of one shard that are due within the horizon, overdue ones included. */
async function dueRows(shard: number, now: Instant): Promise<readonly Row[]> {
  const end = schema.incidentHead.index('gsi2', { shard, dueAt: now + MESSAGE_HORIZON, org: '~', inc: '~' });
  const { items } = await table.query<Row>({ index: 'gsi2', partition: end.gsi2pk, to: end.gsi2sk });
  return items;
}

const nameOf = ({ pk, gsi2sk }: Row): string => `${pk} ${gsi2sk}`;
const dueAtOf = ({ gsi2sk }: Row): Instant => Number(gsi2sk.slice(0, gsi2sk.indexOf('#')));
