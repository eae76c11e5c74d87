import { expect, it } from 'vitest';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const at = (second: number) => epoch + second * 1_000;
const ending = ruleSchema.parse({ id: 'ends', name: 'Ends', actions: { autoResolve: 600 } });
const statesOf = ({ incidents }: DetectionMemory) => [...incidents.values()].map(({ state }) => state);

/** A world in which an alert fires at these seconds, and what has become of its incident later. */
function fired(seconds: readonly number[], more = {}, rules = [ending]) {
  const memory = new DetectionMemory(rules);
  for (const second of seconds)
    memory.receive([{ ...post(signal('a', 'firing', 0, more)), receivedAt: at(second) }], at(second));
  return (second: number) => {
    memory.lapse(at(second));
    memory.settle(at(second) + 10_000);
    return statesOf(memory);
  };
}

it('an alert that is not told again for as long as its rule says ends by itself', () => {
  const after = fired([0]);
  expect(after(590)).toEqual(['triggered']);
  expect(after(600)).toEqual(['resolved']);
});

it('and goes on for as long as it is told again, also as the same firing', () => {
  const after = fired([0, 300, 550]);
  expect(after(1_100)).toEqual(['triggered']);
  expect(after(1_200)).toEqual(['resolved']);
});

it('but one whose source says when it ends, does then, and without such a rule it goes on', () => {
  expect(fired([0], { until: at(240) })(240)).toEqual(['resolved']);
  const rule = ruleSchema.parse({ id: 'x', name: 'x' });
  expect(fired([0], {}, [rule])(9_999)).toEqual(['triggered']);
});

it('an end after less than five minutes is refused, for a repeat may be late', () => {
  expect(ruleSchema.safeParse({ id: 'x', name: 'x', actions: { autoResolve: 60 } }).success).toBe(false);
});
