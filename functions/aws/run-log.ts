import type { RoomFact } from '../../shared/incidents/index.ts';
import {
  type Actor,
  type Cause,
  type IncidentId,
  type Instant,
  idOf,
  type OrganisationId,
  Refusal,
  type RunId,
} from '../../shared/kernel/index.ts';
import {
  decideRun,
  evolveRun,
  foldRun,
  type NewRunFact,
  type Run,
  type RunCommand,
  type RunFact,
  type RunStarted,
  told,
} from '../../shared/runbooks/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from './incident-rows.ts';
import { type RoomDecision, recordDecided } from './room-log.ts';
import { guardKey, type RunningRow, type RunRow, runWrites, tallyWrites } from './run-rows.ts';
import { table, type Write } from './table.ts';

/** Who records, when, and because of what. */
export interface RunRecording {
  readonly actor: Actor;
  readonly now: Instant;
  readonly cause?: Cause;
}

/** A run as it is after a command, and the facts that it caused; none when there was nothing to do. */
export interface RunOutcomeOf {
  readonly run: Run;
  readonly facts: readonly RunFact[];
}

/** How often a decision is made anew after another writer was faster. */
const ATTEMPTS = 8;

/** A run, folded from its facts by one consistent query; undefined when there is none. */
export async function loadRun(org: OrganisationId, run: RunId): Promise<Run | undefined> {
  const { items } = await table.query({
    partition: schema.runFact.partition({ org, run }),
    prefix: schema.runFact.sortPrefix,
  });
  return foldRun(items.map((row) => stored<RunFact>(row)));
}

/** Load, decide, record: together with what the incident's log is told, in one transaction. Whoever loses a race decides again. */
export async function commandRun(
  org: OrganisationId,
  id: RunId,
  command: RunCommand,
  recording: RunRecording,
): Promise<RunOutcomeOf | undefined> {
  const first = await loadRun(org, id);
  if (first === undefined) return undefined;
  let read: Run | undefined = first;
  return recordRun(first.incident, recording, org, async () => {
    const before = read ?? (await loadRun(org, id));
    read = undefined;
    if (before === undefined) throw new Error(`The run ${id} is gone`);
    return { before, id, decided: decideRun(before, command, recording.now) };
  });
}

/**
 * Starts a run under an id that a repetition of the request finds again. Of a runbook one run goes on for an incident at a time:
 * a second one is refused with `conflict`.
 */
export async function beginRun(
  org: OrganisationId,
  id: RunId,
  started: RunStarted,
  recording: RunRecording,
): Promise<RunOutcomeOf> {
  const { incident, runbook, title } = started.data;
  return recordRun(incident, recording, org, async () => {
    const before = await loadRun(org, id);
    if (before !== undefined) return { before, id, decided: [] };
    const other = await table.get<RunningRow>(guardKey({ org, runbook, incident }));
    if (other !== undefined)
      throw new Refusal(
        'conflict',
        `“${title}” is being carried out already${incident === undefined ? '' : ' for this incident'}: ${other.run}. Go on there, or cancel that run first.`,
      );
    return { before, id, decided: [started] };
  });
}

interface Decided {
  readonly before: Run | undefined;
  readonly id: RunId;
  readonly decided: readonly NewRunFact[];
}

async function recordRun(
  incident: IncidentId | undefined,
  recording: RunRecording,
  org: OrganisationId,
  decide: () => Promise<Decided>,
): Promise<RunOutcomeOf> {
  let outcome: RunOutcomeOf | undefined;
  const attempt = async (): Promise<{
    readonly facts: readonly RoomFact[];
    readonly writes: readonly Write[];
  }> => {
    const { before, id, decided } = await decide();
    const facts = decided.map((fact, i) =>
      numbered(org, id, (before?.version ?? 0) + 1 + i, fact, recording),
    );
    const run = facts.reduce<Run | undefined>(evolveRun, before);
    if (run === undefined) throw new Error(`The run ${id} has no beginning`);
    outcome = { run, facts };
    if (facts.length === 0) return { facts: [], writes: [] };
    const writes = [...runWrites(before, run, facts), ...(await tallyWrites(before, run))];
    return { facts: facts.flatMap((fact) => told(run, fact)), writes };
  };
  await (incident === undefined ? alone(attempt) : onIncident(org, incident, attempt, recording));
  if (outcome === undefined) throw new Error('A run was not recorded');
  return outcome;
}

type Attempt = () => Promise<{ readonly facts: readonly RoomFact[]; readonly writes: readonly Write[] }>;

async function onIncident(
  org: OrganisationId,
  incident: IncidentId,
  attempt: Attempt,
  recording: RunRecording,
): Promise<void> {
  const decision = async (): Promise<RoomDecision> => {
    const { facts, writes } = await attempt();
    return { facts, also: () => writes };
  };
  await recordDecided(org, incident, decision, recording);
}

async function alone(attempt: Attempt): Promise<void> {
  for (let tries = 0; tries < ATTEMPTS; tries++) {
    const { writes } = await attempt();
    if ((await table.transact(writes)).committed) return;
  }
  throw new Refusal('unavailable', 'Too many changed this run at once; try again.');
}

function numbered(
  org: OrganisationId,
  runId: RunId,
  seq: number,
  fact: NewRunFact,
  { actor, now: recordedAt }: RunRecording,
): RunFact {
  return { ...fact, id: idOf('fact', recordedAt, runId, String(seq)), org, runId, seq, recordedAt, actor };
}

/** The latest runs for an incident or of a runbook, the newest first; an index lags by a moment. */
export async function listRuns(
  org: OrganisationId,
  of: { readonly incident: IncidentId } | { readonly runbook: string },
  limit: number,
): Promise<readonly RunRow[]> {
  const [index, partition] =
    'incident' in of
      ? ([
          'gsi3',
          schema.runHead.index('gsi3', { org, inc: of.incident, startedAt: 0, run: '-' }).gsi3pk,
        ] as const)
      : ([
          'gsi1',
          schema.runHead.index('gsi1', { org, runbook: of.runbook, startedAt: 0, run: '-' }).gsi1pk,
        ] as const);
  const { items } = await table.query({ index, partition, backwards: true, limit });
  return items.map((row) => stored<RunRow>(row));
}
