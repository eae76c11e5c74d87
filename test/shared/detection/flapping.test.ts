import { describe, expect, it } from 'vitest';
import { calmAt, flapsUntil, ruleSchema } from '../../../shared/detection/index.ts';
import { MINUTE } from '../../../shared/kernel/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const at = (second: number) => epoch + second * 1_000;
const byService = ruleSchema.parse({ id: 'service', name: 'By service' });

/** An alert that begins and ends so often, each so many seconds apart, as detection hears it; settled as often as it would be. */
function flapped(times: number, apart: number) {
  const memory = new DetectionMemory([byService]);
  for (let i = 0; i < 2 * times; i++) {
    const second = i * apart;
    const state = i % 2 === 0 ? 'firing' : 'resolved';
    memory.receive([post(signal('a', state, second))], at(second));
    for (let later = second + 10; later < second + apart; later += 10) memory.settle(at(later));
  }
  return { memory, last: at((2 * times - 1) * apart) };
}
const opened = ({ incidents }: DetectionMemory) =>
  [...incidents.values()].map(({ state, generation }) => `${state} ${generation}`);

describe('an alert that flaps', () => {
  it('[F18] a hundred times in ten minutes is one incident, paged once, with a mark', () => {
    const { memory, last } = flapped(100, 3);
    expect(opened(memory)).toEqual(['triggered 1']);
    const told = [...memory.entries.values()].flat();
    expect(told.at(-1)).toMatchObject({ state: 'resolved', flapping: true });
    memory.settle(last + 9 * MINUTE);
    expect(opened(memory)).toEqual(['triggered 1']);
    memory.settle(last + 10 * MINUTE);
    expect(opened(memory)).toEqual(['resolved 1']);
    expect([...memory.guards.values()][0]?.windows).toMatchObject([{ to: last }]);
  });

  it('[F18] slowly, so that its incident would end each time, is paged three times at most', () => {
    const { memory } = flapped(20, 60);
    const [incident] = memory.incidents.values();
    expect(memory.incidents.size).toBe(1);
    expect(incident?.generation).toBeLessThanOrEqual(3);
  });

  it('is known by when it began and ended, in whatever order that came', () => {
    const { memory } = flapped(3, 60);
    const head = memory.heads.get(fingerprint('a'));
    expect(head && flapsUntil(head)).toBe(at(300) + 10 * MINUTE);
    expect(head && flapsUntil(head, { changes: 7, within: 10 * MINUTE })).toBeUndefined();
    expect(head && flapsUntil(head, { changes: 6, within: 5 * MINUTE })).toBeUndefined();
    expect(head && calmAt([head], at(300) + 10 * MINUTE)).toBeUndefined();
  });

  it('is none that only repeats itself, or ends now and then', () => {
    const memory = new DetectionMemory([byService]);
    for (let i = 0; i < 12; i++) memory.receive([post(signal('b', 'firing', i * 30))], at(i * 30));
    const repeated = memory.heads.get(fingerprint('b'));
    expect(repeated && flapsUntil(repeated)).toBeUndefined();
    const seldom = flapped(8, 400).memory.heads.get(fingerprint('a'));
    expect(seldom && flapsUntil(seldom)).toBeUndefined();
  });
});
