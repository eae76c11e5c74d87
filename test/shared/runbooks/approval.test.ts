import { describe, expect, it } from 'vitest';
import { type Actor, HOUR } from '../../../shared/kernel/index.ts';
import { stateOf, stepOf, viewRun } from '../../../shared/runbooks/index.ts';
import { ada, bob, RunStory, refused, runbookOf, settle, step } from './runs.ts';

const restart = step('restart', 'kubectl:kubectl rollout restart deployment/api');

describe('a step that needs an approval', () => {
  it('[F52] takes the approval of another person alone, once, and in time', () => {
    const story = new RunStory(runbookOf([{ ...restart, automatable: false }]));
    expect(story.advance()).toEqual(['step.waiting']);
    expect(refused(() => story.say('restart', 'approve', ada))).toBe('forbidden');
    story.say('restart', 'approve', bob);
    expect(refused(() => story.say('restart', 'approve', bob))).toBe('conflict');
    expect(story.advance()).toEqual(['step.started']);
    expect(stepOf(story.run, 'restart').approvedBy).toEqual(bob);

    const late = new RunStory(runbookOf([{ ...restart, automatable: false }]));
    late.advance();
    late.now += HOUR;
    expect(refused(() => late.say('restart', 'approve', bob))).toBe('conflict');
    expect(late.advance()).toEqual(['step.failed', 'run.finished']);
    expect(stateOf(late.run)).toBe('cancelled');
  });

  it('[F52] takes no approval by a key, which who started it may hold, unless its runbook needs nobody else', () => {
    const key: Actor = { kind: 'machine', id: 'key_1', name: 'Deploys' };
    const steps = [{ ...restart, automatable: false }];
    const story = new RunStory(runbookOf(steps));
    story.advance();
    expect(refused(() => story.say('restart', 'approve', key))).toBe('forbidden');
    const alone = new RunStory(runbookOf(steps, { selfApproval: true }));
    alone.advance();
    alone.say('restart', 'approve', key);
    expect(alone.advance()).toEqual(['step.started']);
  });

  it('[F52] asks again where what would be sent is not what was approved', () => {
    const story = new RunStory(runbookOf([{ ...restart, automatable: false }]));
    const approve = (sends: string) =>
      story.do({ do: 'answer', step: 'restart', answer: 'approve', actor: bob, sends }, bob);
    story.advance();
    approve('one');
    expect(stepOf(story.run, 'restart')).toMatchObject({ approvedBy: bob, approvedSends: 'one' });
    story.advance();
    settle(story, 'restart', { is: 'changed', reason: 'another cluster' });
    const asking = stepOf(story.run, 'restart');
    expect(asking).toMatchObject({ status: 'waiting', waitsFor: 'approval', reason: 'another cluster' });
    expect([asking.approvedBy, asking.approvedSends]).toEqual([undefined, undefined]);
    expect(stateOf(story.run)).toBe('waiting');
    approve('two');
    expect(story.advance()).toEqual(['step.started']);
    expect(stepOf(story.run, 'restart').approvedSends).toBe('two');
  });

  it('[F52] has nothing repeated that was approved, on the word of who started it alone', () => {
    for (const [selfApproval, expected] of [
      [false, 'forbidden'],
      [true, 'not refused'],
    ] as const) {
      const story = new RunStory(runbookOf([{ ...restart, automatable: false }], { selfApproval }));
      story.advance();
      story.say('restart', 'approve', bob);
      story.advance();
      settle(story, 'restart', { is: 'unknown', reason: 'nobody answers' });
      const [shown] = viewRun(story.run, ada).steps;
      expect(shown?.answers.includes('again')).toBe(selfApproval);
      expect(refused(() => story.say('restart', 'again', ada))).toBe(expected);
      if (!selfApproval) story.say('restart', 'again', bob);
      expect(story.advance()).toEqual(['step.started']);
    }
    const byItself = new RunStory(runbookOf([restart]));
    byItself.advance();
    settle(byItself, 'restart', { is: 'unknown', reason: 'nobody answers' });
    byItself.say('restart', 'again', ada);
    expect(byItself.advance()).toEqual(['step.started']);
  });

  it('[F52] lets who started it approve where its runbook says so', () => {
    const story = new RunStory(runbookOf([{ ...restart, automatable: false }], { selfApproval: true }));
    story.advance();
    story.say('restart', 'approve', ada);
    expect(story.advance()).toEqual(['step.started']);
  });
});
