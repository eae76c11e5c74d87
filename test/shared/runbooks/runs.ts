import { type Actor, type Instant, idOf, Refusal, system } from '../../../shared/kernel/index.ts';
import {
  decideRun,
  type EffectResult,
  evolveRun,
  foldRun,
  type NewRunFact,
  type Run,
  type Runbook,
  type RunCommand,
  type RunFact,
  runbookSchema,
  startRun,
  stepOf,
} from '../../../shared/runbooks/index.ts';

export const ada: Actor = { kind: 'person', id: 'ada', name: 'Ada' };
export const bob: Actor = { kind: 'person', id: 'bob', name: 'Bob' };
const worker = system('runbooks');
const org = idOf('organisation', 0, 'runs');
const runId = idOf('run', 0, 'runs');

/** A step of a runbook in a test. */
export const step = (id: string, command?: string, more: object = {}) => ({
  ...{ id, title: `Step ${id}`, order: 1, automatable: true },
  ...(command !== undefined && { command }),
  ...more,
});

/** A runbook of these steps, in their order. */
export const runbookOf = (steps: readonly object[], more: object = {}): Runbook =>
  runbookSchema.parse({
    id: 'test',
    title: 'Test',
    steps: steps.map((one, order) => ({ ...one, order })),
    ...more,
  });

/** A run in a test, whose facts are kept in order as the store keeps them. */
export class RunStory {
  run: Run;
  readonly facts: RunFact[] = [];
  now: Instant = 1_000_000;

  constructor(runbook: Runbook) {
    this.run = this.#record([startRun(runbook, { runbookVersion: 1 }, this.now)], ada);
  }

  /** Decides and records; gives the new facts. */
  do(command: RunCommand, actor: Actor = worker): readonly RunFact[] {
    const before = this.facts.length;
    this.run = this.#record(decideRun(this.run, command, this.now), actor);
    return this.facts.slice(before);
  }

  /** The types of the facts that going on causes, until nothing more happens or an effect is claimed. */
  advance(): readonly string[] {
    const types: string[] = [];
    for (;;) {
      const facts = this.do({ do: 'advance' });
      types.push(...facts.map(({ type }) => type));
      if (facts.length === 0 || facts.some(({ type }) => type === 'step.started')) return types;
    }
  }

  say(id: string, answer: 'done' | 'failed' | 'skip' | 'approve' | 'refuse' | 'again', actor = bob) {
    return this.do({ do: 'answer', step: id, answer, actor }, actor);
  }

  #record(decided: readonly NewRunFact[], actor: Actor): Run {
    for (const fact of decided) {
      const seq = this.facts.length + 1;
      const placed = {
        id: idOf('fact', this.now, String(seq)),
        org,
        runId,
        seq,
        recordedAt: this.now,
        actor,
      };
      this.facts.push({ ...fact, ...placed });
    }
    const run = foldRun(this.facts);
    if (run === undefined) throw new Error('A run has a beginning');
    return run;
  }
}

/** What the log of a run says when it is read in one go. */
export const folded = (facts: readonly RunFact[]): Run | undefined =>
  facts.reduce<Run | undefined>(evolveRun, undefined);

/** Settles the attempt that is at work, or another one. */
export const settle = (
  story: RunStory,
  id: string,
  result: EffectResult,
  attempt = stepOf(story.run, id).attempt,
) => story.do({ do: 'settle', step: id, attempt, result });

/** The code of a refusal. */
export const refused = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
  }
  return 'not refused';
};
