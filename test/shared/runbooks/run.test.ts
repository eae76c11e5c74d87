import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import { dueAt, nextAt, stateOf, stepOf, told } from '../../../shared/runbooks/index.ts';
import { bob, RunStory, refused, runbookOf, settle, step } from './runs.ts';

const good = { is: 'succeeded', output: 'fine' } as const;
const look = step('look', 'http:GET|/health');
const restart = step('restart', 'kubectl:kubectl rollout restart deployment/api');
describe('a run', () => {
  it('claims an effect, marks it, and goes on to its end', () => {
    const story = new RunStory(runbookOf([look, restart]));
    expect(story.advance()).toEqual(['step.started']);
    expect(story.advance()).toEqual([]);
    expect(settle(story, 'look', good).map(({ type }) => type)).toEqual(['step.succeeded']);
    expect(settle(story, 'look', good)).toEqual([]);
    expect(story.advance()).toEqual(['step.started']);
    settle(story, 'restart', good);
    expect(story.advance()).toEqual(['run.finished']);
    expect(stateOf(story.run)).toBe('succeeded');
    expect(dueAt(story.run)).toBeUndefined();
    expect(story.advance()).toEqual([]);
  });

  it('waits for a person at a step by hand, as long as it takes', () => {
    const story = new RunStory(runbookOf([step('by-hand')]));
    expect(story.advance()).toEqual(['step.waiting']);
    expect([stateOf(story.run), nextAt(story.run)]).toEqual(['waiting', undefined]);
    story.now += 48 * HOUR;
    expect(story.advance()).toEqual([]);
    story.say('by-hand', 'done');
    expect(story.advance()).toEqual(['run.finished']);
    expect(refused(() => story.say('by-hand', 'done'))).toBe('conflict');
  });

  it('lets nobody skip the question whether to go on, and ends when that is refused', () => {
    const story = new RunStory(runbookOf([step('ask', 'approval:Shall we?'), restart]));
    story.advance();
    expect(refused(() => story.say('ask', 'skip'))).toBe('conflict');
    story.say('ask', 'refuse');
    expect(stateOf(story.run)).toBe('cancelled');
    expect(story.advance()).toEqual([]);
  });

  it('[F53] repeats what may be repeated when its worker died, and asks a person about all else', () => {
    const story = new RunStory(runbookOf([look, restart]));
    story.advance();
    story.now += 31 * SECOND;
    expect(story.advance()).toEqual(['step.started']);
    expect(settle(story, 'look', good, 1)).toEqual([]);
    settle(story, 'look', good, 2);
    story.advance();
    story.now += 31 * SECOND;
    expect(story.advance()).toEqual(['step.waiting']);
    expect(stepOf(story.run, 'restart')).toMatchObject({ waitsFor: 'unknown' });
    story.say('restart', 'again');
    expect(story.advance()).toEqual(['step.started']);
  });

  it('[F53] takes the word of a worker that was only slow for what nobody knew', () => {
    const story = new RunStory(runbookOf([restart]));
    story.advance();
    story.now += MINUTE;
    story.advance();
    expect(settle(story, 'restart', good, 1).map(({ type }) => type)).toEqual(['step.succeeded']);
  });

  it('[F48] fails with a step that fails, unless that is to be gone past', () => {
    const failed = { is: 'failed', reason: 'it answered 500' } as const;
    const story = new RunStory(runbookOf([look, restart]));
    story.advance();
    settle(story, 'look', failed);
    expect(stateOf(story.run)).toBe('failed');
    const other = new RunStory(runbookOf([{ ...look, continueOnFailure: true }, step('next')]));
    other.advance();
    settle(other, 'look', failed);
    expect(other.advance()).toEqual(['step.waiting']);
  });

  it('tries again as often as the step says, later each time', () => {
    const story = new RunStory(runbookOf([{ ...look, retries: 2 }]));
    const pauses: number[] = [];
    for (let tries = 0; tries < 3; tries++) {
      story.advance();
      settle(story, 'look', { is: 'failed', reason: 'no' });
      pauses.push((nextAt(story.run) ?? story.now) - story.now);
      story.now += 10 * SECOND;
    }
    expect(pauses).toEqual([1_000, 2_000, 0]);
    expect(stateOf(story.run)).toBe('failed');
  });

  it('looks again at what goes on by itself, until it is over or too late', () => {
    const story = new RunStory(runbookOf([step('automation', 'ssm:Doc', { timeout: 60 })]));
    const pending = { is: 'pending', output: 'Started x', token: 'x' } as const;
    story.advance();
    settle(story, 'automation', pending);
    expect(stepOf(story.run, 'automation')).toMatchObject({ waitsFor: 'poll', token: 'x' });
    story.now += 5 * SECOND;
    expect(story.advance()).toEqual(['step.started']);
    expect(story.facts.at(-1)?.data).toMatchObject({ token: 'x' });
    story.now += MINUTE;
    // A look may be repeated whatever it looks at.
    expect(story.advance()).toEqual(['step.started']);
    settle(story, 'automation', pending);
    expect(stepOf(story.run, 'automation').reason).toBe('It was not over after 60 s');
  });

  it('looks again after a look that failed, whatever may be repeated, until it is too late', () => {
    const status = step('status', 'kubectl:kubectl rollout status deployment/api', { timeout: 60 });
    for (const one of [step('automation', 'ssm:Doc', { timeout: 60 }), status]) {
      const story = new RunStory(runbookOf([one]));
      story.advance();
      settle(story, one.id, { is: 'pending', output: 'Started x', token: 'x' });
      const blind = { is: 'unknown', reason: 'ThrottlingException: slow down' } as const;
      story.now += 5 * SECOND;
      story.advance();
      settle(story, one.id, blind);
      expect(stepOf(story.run, one.id)).toMatchObject({
        ...{ status: 'waiting', waitsFor: 'poll', token: 'x', output: 'Started x', reason: blind.reason },
      });
      story.now += MINUTE;
      expect(story.advance()).toEqual(['step.failed', 'run.finished']);
      expect(stepOf(story.run, one.id).reason).toContain('It was not over after 60 s');
    }
  });

  it('says why the last look failed of what was not over in time', () => {
    const story = new RunStory(runbookOf([step('automation', 'ssm:Doc', { timeout: 60 })]));
    story.advance();
    settle(story, 'automation', { is: 'pending', output: 'Started x', token: 'x' });
    story.now += 55 * SECOND;
    story.advance();
    story.now += 6 * SECOND;
    settle(story, 'automation', { is: 'unknown', reason: 'nobody answers' });
    expect(stepOf(story.run, 'automation').reason).toBe(
      'It was not over after 60 s; the last look failed: nobody answers',
    );
  });

  it('starts a new automation when it is tried again, and looks at that one', () => {
    const automation = step('automation', 'ssm:Doc', { retries: 1, repeatable: true });
    const story = new RunStory(runbookOf([automation]));
    story.advance();
    settle(story, 'automation', { is: 'pending', output: 'Started x', token: 'x' });
    story.now += 5 * SECOND;
    story.advance();
    settle(story, 'automation', { is: 'failed', reason: 'The automation ended as Failed' });
    expect(stepOf(story.run, 'automation').waitsFor).toBe('retry');
    story.now += 5 * SECOND;
    expect(story.advance()).toEqual(['step.started']);
    expect(story.facts.at(-1)?.data).not.toHaveProperty('token');
    settle(story, 'automation', { is: 'pending', output: 'Started y', token: 'y' });
    expect(stepOf(story.run, 'automation').token).toBe('y');
  });

  it('counts the time of a command from when people said that it may go out', () => {
    const automation = step('automation', 'ssm:Doc', { timeout: 60 });
    const pending = { is: 'pending', output: 'Started x', token: 'x' } as const;
    const approved = new RunStory(runbookOf([{ ...automation, automatable: false }]));
    approved.advance();
    approved.now += 10 * MINUTE;
    approved.say('automation', 'approve');
    approved.advance();
    settle(approved, 'automation', pending);
    expect(stepOf(approved.run, 'automation').waitsFor).toBe('poll');
    const again = new RunStory(runbookOf([automation]));
    again.advance();
    settle(again, 'automation', { is: 'unknown', reason: 'nobody answers' });
    again.now += 10 * MINUTE;
    again.say('automation', 'again');
    again.advance();
    settle(again, 'automation', pending);
    expect(stepOf(again.run, 'automation').waitsFor).toBe('poll');
  });

  it('waits by the clock', () => {
    const story = new RunStory(runbookOf([step('pause', 'wait:5m')]));
    story.advance();
    expect(nextAt(story.run)).toBe(story.now + 5 * MINUTE);
    story.now += 5 * MINUTE;
    expect(story.advance()).toEqual(['step.succeeded', 'run.finished']);
  });

  it('that was ended keeps the truth about what was being carried out, and does no more', () => {
    const story = new RunStory(runbookOf([restart, look]));
    story.advance();
    story.do({ do: 'cancel' }, bob);
    expect(story.do({ do: 'cancel' }, bob)).toEqual([]);
    settle(story, 'restart', good);
    expect(stepOf(story.run, 'restart').status).toBe('succeeded');
    expect(stateOf(story.run)).toBe('cancelled');
    expect(story.advance()).toEqual([]);
  });

  it('tells the incident what people decide on, and not each look and wait', () => {
    const story = new RunStory(
      runbookOf([look, step('pause', 'wait:5m'), { ...restart, automatable: false }]),
    );
    story.advance();
    settle(story, 'look', { is: 'succeeded', output: 'x'.repeat(2_000) });
    story.advance();
    story.now += 5 * MINUTE;
    story.advance();
    story.say('restart', 'approve');
    const facts = story.facts.flatMap((fact) => told(story.run, fact));
    expect(facts.map(({ type, data }) => ('state' in data ? data.state : type))).toEqual([
      ...['runbook.started', 'succeeded', 'waits-for-approval', 'approved'],
    ]);
    for (const fact of facts) expect(JSON.stringify(fact).length).toBeLessThan(1_500);
  });
});
