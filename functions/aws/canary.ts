import type { AlertHead } from '../../shared/detection/index.ts';
import { type Incident, isOpen, type LoggedFact } from '../../shared/incidents/index.ts';
import { DAY, type IncidentId, type Instant, SECOND } from '../../shared/kernel/index.ts';
import { type CanaryRun, canaryFingerprint, isQuiet } from '../../shared/operations/index.ts';
import { type Key, schema, shardOf, shards } from '../../shared/table/index.ts';
import { canaryHome } from '../../shared/wiring/index.ts';
import { allDone } from './all-done.ts';
import { type KeyDoor, putKeyDoorWrite } from './doors.ts';
import { table } from './table.ts';

const { org, integration } = canaryHome;

/** Lets the canary in at the webhooks, by a key that only this system knows; changes nothing when it is let in already. */
export async function openCanaryDoor(key: string): Promise<void> {
  const door: KeyDoor = { kind: 'integration', org, id: integration, name: 'Canary', source: 'generic' };
  await table.transact([putKeyDoorWrite(key, door)]);
}

/** Closes a door of the canary by putting what opens nothing in its place, which then expires: no right to delete is needed. */
export async function closeCanaryDoor(hash: string, now: Instant): Promise<void> {
  const ttl = Math.floor((now + DAY) / SECOND);
  await table.put({ ...schema.keyDoor.key({ hash }), kind: 'closed', org, ttl });
}

/** All runs of which something may be left. */
export async function listRuns(): Promise<readonly CanaryRun[]> {
  return (await table.query<CanaryRun>({ partition: schema.canaryRun.partition({ org }) })).items;
}

/** Stores a run before its alert is posted, so that nothing is ever left that nobody knows of. */
export async function storeRun(run: CanaryRun): Promise<void> {
  await table.put({ ...schema.canaryRun.key({ org, minute: run.minute }), kind: 'canary', ...run });
}

/** When the incident of a run's alert was recorded; undefined while there is none. */
export async function incidentRecordedAt(run: CanaryRun): Promise<Instant | undefined> {
  const [inc] = incidentsOf(await table.get<AlertHead>(alertKeyOf(run)));
  if (inc === undefined) return undefined;
  return (await table.get<LoggedFact>(schema.fact.key({ org, inc, seq: 1 })))?.recordedAt;
}

/** What was found of a run's alert: nothing, something that may still be under way, or what is removed now. */
export type Traces = 'none' | 'busy' | 'removed';

/** Removes all that became of a run's alert, and then its alert, once its incidents are quiet. */
export async function removeTraces(run: CanaryRun, now: Instant): Promise<Traces> {
  const alert = await table.get<AlertHead>(alertKeyOf(run));
  if (alert === undefined) return 'none';
  const headOf = (inc: IncidentId) => table.get<Incident>(schema.incidentHead.key({ org, inc }));
  const heads = await allDone(incidentsOf(alert).map(headOf));
  if (heads.some((head) => head !== undefined && !isQuiet(head, now))) return 'busy';
  await allDone(incidentsOf(alert).map(removeIncident));
  const { partition } = schema.alertHead;
  const { items } = await table.query<Key>({ partition: partition({ org, fp: alert.fingerprint }) });
  await removeAll(items);
  return 'removed';
}

/** Forgets a run; of its alert nothing may be left. */
export async function removeRun({ minute }: CanaryRun): Promise<void> {
  await table.remove(schema.canaryRun.key({ org, minute }));
}

const alertKeyOf = (run: CanaryRun): Key =>
  schema.alertHead.key({ org, fp: canaryFingerprint(run, integration) });

const incidentsOf = (alert: AlertHead | undefined): readonly IncidentId[] =>
  alert?.memberships.map(({ incident }) => incident) ?? [];

/** The head goes last: without it the guard and the pointer of an incident could not be found by another try. */
async function removeIncident(inc: IncidentId): Promise<void> {
  const { items } = await table.query<Key & Partial<Incident>>({
    partition: schema.incidentHead.partition({ org, inc }),
  });
  const headKey = schema.incidentHead.key({ org, inc });
  const head = items.find(({ sk }) => sk === headKey.sk) as Incident | undefined;
  const rest = items.filter(({ sk }) => sk !== headKey.sk);
  await removeAll([...rest, schema.sequence.key({ org, inc }), ...(head ? besides(head) : [])]);
  await removeAll([headKey]);
}

function besides(head: Incident): readonly Key[] {
  const { id: inc, service = '-', correlation } = head;
  const shard = shardOf(service, shards.open);
  return [
    ...(correlation ? [schema.correlationGuard.key({ org, hash: correlation.hash })] : []),
    ...(isOpen(head) ? [schema.openPointer.key({ org, shard, service, inc })] : []),
  ];
}

async function removeAll(keys: readonly Key[]): Promise<void> {
  await allDone(keys.map(({ pk, sk }) => table.remove({ pk, sk })));
}
