import type { IncidentId, OrganisationId, RunId } from '../../shared/kernel/index.ts';
import { dueAt, type Run, type RunFact, stateOf, type Tally, tallied } from '../../shared/runbooks/index.ts';
import { type Key, schema, shardOf, shards } from '../../shared/table/index.ts';
import { stored } from './incident-rows.ts';
import { type Item, table, type Write } from './table.ts';

/** A run as it is listed. */
export interface RunRow extends Omit<Run, 'plan' | 'steps'> {
  readonly state: ReturnType<typeof stateOf>;
}

/** The head's row: listed by runbook and by incident, in the due index while the run goes on by itself. */
export function headRow(run: Run): Item {
  const { plan: _, steps: __, ...listed } = run;
  const { org, id, runbook, incident, startedAt } = run;
  const due = dueAt(run);
  const place = { org, run: id, runbook, startedAt };
  return {
    ...schema.runHead.key(place),
    ...schema.runHead.index('gsi1', place),
    ...(due !== undefined &&
      schema.runHead.index('gsi2', { org, run: id, dueAt: due, shard: shardOf(id, shards.due) })),
    ...(incident !== undefined && schema.runHead.index('gsi3', { ...place, inc: incident })),
    kind: 'run',
    ...listed,
    state: stateOf(run),
  };
}

/** What a command writes: the head at the version that was read, and the facts under their numbers. */
export function runWrites(before: Run | undefined, after: Run, facts: readonly RunFact[]): readonly Write[] {
  const { org, id: run } = after;
  const guard = before === undefined ? { ifNew: true } : { ifVersion: before.version };
  return [
    { put: headRow(after), ...guard },
    ...facts.map((fact) => ({
      // Not of the kind `fact`: the stream's readers know only the logs of incidents and pages.
      put: { ...schema.runFact.key({ org, run, seq: fact.seq }), kind: 'run-fact', ...fact },
      ifNew: true,
    })),
    ...(before === undefined ? [{ put: { ...guardKey(after), run }, ifNew: true }] : []),
    ...(before?.outcome === undefined && after.outcome !== undefined ? [freeing(after)] : []),
  ];
}

interface TallyRow extends Tally {
  readonly version: number;
}

/** What a run that begins or ends does to the tally of its runbook; whoever loses a race for that decides again. */
export async function tallyWrites(before: Run | undefined, after: Run): Promise<readonly Write[]> {
  const isMoved = before === undefined || (before.outcome === undefined && after.outcome !== undefined);
  if (!isMoved) return [];
  const key = schema.runbookTally.key({ org: after.org, runbook: after.runbook });
  const row = await table.get<TallyRow>(key);
  const tally = tallied(row, before, after);
  if (tally === undefined) return [];
  const guard = row === undefined ? { ifNew: true } : { ifVersion: row.version };
  return [{ put: { ...key, ...tally, version: (row?.version ?? 0) + 1 }, ...guard }];
}

/** The tally of a runbook; undefined before its first run. */
export async function loadTally(org: OrganisationId, runbook: string): Promise<Tally | undefined> {
  const row = await table.get<TallyRow>(schema.runbookTally.key({ org, runbook }));
  return row && stored<Tally>(row);
}

/** The place of the one run of a runbook that goes on for an incident. */
export const guardKey = (run: {
  readonly org: OrganisationId;
  readonly runbook: string;
  readonly incident?: IncidentId | undefined;
}) => schema.runningGuard.key({ org: run.org, runbook: run.runbook, inc: run.incident ?? '-' });

/** What is stored of the one run that goes on. */
export interface RunningRow {
  readonly run: RunId;
}

/** The runs of a runbook that go on, each with its incident; read consistently. */
export async function runsGoingOn(
  org: OrganisationId,
  runbook: string,
): Promise<readonly { readonly run: RunId; readonly incident?: IncidentId }[]> {
  const { items } = await table.query<Key & RunningRow>({
    partition: schema.runningGuard.partition({ org, runbook }),
  });
  return items.map(({ run, sk }) => ({ run, ...(sk !== '-' && { incident: sk as IncidentId }) }));
}

const freeing = (run: Run): Write => ({ delete: guardKey(run) });
