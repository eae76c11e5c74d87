import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal, SECOND } from '../../../shared/kernel/index.ts';
import { dueAt, type EffectResult, stateOf, stepOf } from '../../../shared/runbooks/index.ts';
import { folded, RunStory, runbookOf, step } from './runs.ts';

const runbook = runbookOf([
  step('look', 'http:GET|/health', { retries: 1 }),
  step('restart', 'kubectl:kubectl rollout restart deployment/api'),
  step('ask', 'approval:', { continueOnFailure: true }),
  step('call', 'lambda:x', { automatable: false }),
  step('automation', 'ssm:Doc'),
  step('status', 'kubectl:kubectl rollout status deployment/api'),
]);

/** What may befall a run: messages that come again and too early, workers that die before or after, or tell late and twice. */
type Event =
  | {
      readonly is: 'message';
      readonly ends: EffectResult['is'];
      readonly dies: 'before' | 'after' | 'late' | 'not';
    }
  | { readonly is: 'late-result' }
  | { readonly is: 'time'; readonly seconds: number }
  | { readonly is: 'answer'; readonly answer: 'done' | 'skip' | 'approve' | 'refuse' | 'again' | 'failed' }
  | { readonly is: 'cancel' };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('message' as const),
      ends: fc.constantFrom<EffectResult['is']>(
        'succeeded',
        'succeeded',
        'failed',
        'unknown',
        'pending',
        'changed',
      ),
      dies: fc.constantFrom(
        'not' as const,
        'not' as const,
        'before' as const,
        'after' as const,
        'late' as const,
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('late-result' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constant('time' as const), seconds: fc.integer({ min: 0, max: 90 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('answer' as const),
      answer: fc.constantFrom(
        'done' as const,
        'skip' as const,
        'approve' as const,
        'refuse' as const,
        'again' as const,
        'failed' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ is: 'cancel' } as const) },
);

const resultOf = (is: EffectResult['is']): EffectResult =>
  is === 'succeeded'
    ? { is, output: 'fine' }
    : is === 'pending'
      ? { is, output: 'goes on', token: 'x' }
      : { is, reason: 'so it is' };

/** Plays events, and counts how often what may not be repeated was carried out, and how often a person asked for it again. */
function play(events: readonly Event[]) {
  const story = new RunStory(runbook);
  const done = new Map<string, number>();
  const again = new Map<string, number>();
  const late: { step: string; attempt: number; result: EffectResult }[] = [];
  const message = ({ ends, dies }: Extract<Event, { is: 'message' }>) => {
    const claim = story.do({ do: 'advance' }).find((fact) => fact.type === 'step.started');
    if (claim === undefined || dies === 'before') return;
    const { step: id, attempt, token } = claim.data;
    // To look at what was started is no effect.
    if (token === undefined && ends !== 'changed') done.set(id, (done.get(id) ?? 0) + 1);
    const settled = { step: id, attempt, result: resultOf(ends) };
    if (dies === 'late') late.push(settled);
    if (dies === 'not') story.do({ do: 'settle', ...settled });
  };
  const answer = (said: Extract<Event, { is: 'answer' }>['answer']) => {
    const waiting = story.run.plan.find(({ id }) => stepOf(story.run, id).status === 'waiting');
    if (waiting === undefined) return;
    try {
      story.say(waiting.id, said);
      if (said === 'again') again.set(waiting.id, (again.get(waiting.id) ?? 0) + 1);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  };
  for (const one of events) {
    if (one.is === 'message') message(one);
    else if (one.is === 'time') story.now += one.seconds * SECOND;
    else if (one.is === 'answer') answer(one.answer);
    else if (one.is === 'cancel') story.do({ do: 'cancel' });
    else for (const result of [...late, ...late]) story.do({ do: 'settle', ...result });
    check(story, done, again);
  }
}

function check(story: RunStory, done: ReadonlyMap<string, number>, again: ReadonlyMap<string, number>): void {
  for (const { id, mayRepeat } of story.run.plan)
    if (!mayRepeat) expect(done.get(id) ?? 0, id).toBeLessThanOrEqual(1 + (again.get(id) ?? 0));
  // Whatever happened, something drives it on: time, or a person who was told.
  if (story.run.outcome === undefined)
    expect(dueAt(story.run) !== undefined || stateOf(story.run) === 'waiting').toBe(true);
  expect(folded(story.facts)).toEqual(story.run);
}

describe('[F53] under repetition, delay, reordering and death of workers a run', () => {
  it('never carries out twice what may not be repeated, unless a person says so, and is never stuck', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => play(events)),
      { numRuns: 2_000 },
    );
  });
});
