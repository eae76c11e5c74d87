import type { IncidentId, OrganisationId, RunId } from '../../shared/kernel/index.ts';
import { dueAt, type Run, type RunFact, stateOf } from '../../shared/runbooks/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import type { Item, Write } from './table.ts';

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

const freeing = (run: Run): Write => ({ delete: guardKey(run) });
