import { type Actor, type Instant, idOf, type OrganisationId } from '../kernel/index.ts';
import { decideRun } from './decide-run.ts';
import { foldRun } from './evolve-run.ts';
import { type Matched, matchRunbooks } from './match.ts';
import { currentStep, type Run, stateOf, stepOf } from './run.ts';
import type { RunCommand, StepAnswer } from './run-commands.ts';
import type { NewRunFact, RunFact } from './run-facts.ts';
import type { Runbook } from './runbook.ts';
import { startRun } from './start.ts';
import type { TestCase } from './test-case.ts';

/** How a case of the `test` block went. */
export interface Tried {
  readonly name: string;
  readonly passed: boolean;
  /** What differed from what was expected, in words. */
  readonly differences: readonly string[];
  /** The steps that were taken up, in order. */
  readonly steps: readonly string[];
  readonly outcome: string;
}

const org = idOf('organisation', 0, 'test') satisfies OrganisationId;
const runId = idOf('run', 0, 'test');
const starter: Actor = { kind: 'person', id: 'starter', name: 'Starter' };
const other: Actor = { kind: 'person', id: 'other', name: 'Somebody else' };

/** More rounds than any run of 30 steps can take. */
const MOST_ROUNDS = 2_000;

/** Runs every case of a runbook's `test` block with the very rules that runs follow; nothing is sent. */
export function tryRunbook(runbook: Runbook): readonly Tried[] {
  return runbook.test.map((wanted) => tryCase(runbook, wanted));
}

function tryCase(runbook: Runbook, wanted: TestCase): Tried {
  const { run, taken } = play(runbook, wanted);
  const outcome = stateOf(run);
  const differences = [
    ...difference('steps', wanted.expect.steps?.join(', '), taken.join(', ')),
    ...difference('outcome', wanted.expect.outcome, outcome),
    ...difference('matches', wanted.expect.matches, fits(runbook, wanted)),
  ];
  return { name: wanted.name, passed: differences.length === 0, differences, steps: taken, outcome };
}

function difference<Value>(what: string, expected: Value | undefined, got: Value): readonly string[] {
  if (expected === undefined || expected === got) return [];
  return [`${what}: expected ${String(expected)}, got ${String(got) || 'none'}`];
}

function fits(runbook: Runbook, { given }: TestCase): boolean {
  const { title = '', severity = 'P3_MEDIUM', service } = given.incident ?? {};
  const subject: Matched = {
    ...{ title, severity, state: 'triggered', labels: new Map(), alerts: [] },
    ...(service !== undefined && { service }),
  };
  return matchRunbooks([runbook], subject).length > 0;
}

/** A run in which every step ends as the case says, and time passes as it must. */
function play(runbook: Runbook, wanted: TestCase): { readonly run: Run; readonly taken: readonly string[] } {
  const facts: RunFact[] = [];
  const taken = new Set<string>();
  let now: Instant = 0;
  const record = (decided: readonly NewRunFact[], actor: Actor): Run => {
    for (const fact of decided)
      facts.push({
        ...fact,
        ...{ id: idOf('fact', 0, String(facts.length)), org, runId, seq: facts.length + 1 },
        ...{ recordedAt: now, actor },
      });
    const run = foldRun(facts);
    if (run === undefined) throw new Error('A run has a beginning');
    return run;
  };
  let run = record([startRun(runbook, { runbookVersion: 1 }, now)], starter);
  for (let round = 0; round < MOST_ROUNDS && run.outcome === undefined; round++) {
    const step = currentStep(run);
    if (step !== undefined) taken.add(step.id);
    const command = nextCommand(run, wanted);
    if (command === undefined) break;
    now = Math.max(now, untilOf(run)) + 1;
    run = record(decideRun(run, command, now), command.do === 'answer' ? command.actor : starter);
  }
  return { run, taken: [...taken] };
}

const untilOf = (run: Run): Instant => {
  const step = currentStep(run);
  const { waitsFor, until = 0 } = step === undefined ? {} : stepOf(run, step.id);
  return waitsFor === 'time' || waitsFor === 'retry' || waitsFor === 'poll' ? until : 0;
};

/** What happens next; undefined where the case leaves a step to a person who never comes. */
function nextCommand(run: Run, { given }: TestCase): RunCommand | undefined {
  const step = currentStep(run);
  if (step === undefined) return { do: 'advance' };
  const { status, waitsFor, attempt } = stepOf(run, step.id);
  const { outcome = 'succeeded', output = '' } = given.steps[step.id] ?? {};
  if (status === 'started') {
    const result =
      outcome === 'failed'
        ? ({ is: 'failed', reason: 'as the test says' } as const)
        : outcome === 'unknown'
          ? ({ is: 'unknown', reason: 'as the test says' } as const)
          : ({ is: 'succeeded', output } as const);
    return { do: 'settle', step: step.id, attempt, result };
  }
  if (
    status !== 'waiting' ||
    waitsFor === undefined ||
    waitsFor === 'time' ||
    waitsFor === 'retry' ||
    waitsFor === 'poll'
  )
    return { do: 'advance' };
  const answer = answerTo(waitsFor, outcome);
  return answer === undefined ? undefined : { do: 'answer', step: step.id, answer, actor: other };
}

type Outcome = NonNullable<TestCase['given']['steps'][string]['outcome']>;

function answerTo(waitsFor: 'person' | 'approval' | 'unknown', outcome: Outcome): StepAnswer | undefined {
  if (waitsFor === 'unknown') return undefined;
  if (outcome === 'skipped') return 'skip';
  if (waitsFor === 'approval') return outcome === 'refused' ? 'refuse' : 'approve';
  return outcome === 'failed' ? 'failed' : 'done';
}
