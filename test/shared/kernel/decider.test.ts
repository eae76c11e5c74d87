import { describe, expect, it } from 'vitest';
import { type Decider, fold, impossible, type NewFact, Refusal } from '../../../shared/kernel/index.ts';

type Counted = NewFact<'counted', { by: number }>;
const counter: Decider<number, number, Counted> = {
  initial: 0,
  decide: (state, command, now) =>
    state + command < 0 ? [] : [{ type: 'counted', occurredAt: now, data: { by: command } }],
  evolve: (state, { data }) => state + data.by,
};

describe('a fold over facts', () => {
  it('gives the state that the facts lead to, from the beginning or from a state', () => {
    const facts = [...counter.decide(0, 2, 1), ...counter.decide(2, 3, 2)];
    expect(fold(counter, facts)).toBe(5);
    expect(fold(counter, facts, 10)).toBe(15);
    expect(fold(counter, [])).toBe(0);
  });

  it('of two halves is the fold of the whole', () => {
    const facts = [1, 2, 3, 4].flatMap((by) => counter.decide(0, by, by));
    expect(fold(counter, facts.slice(2), fold(counter, facts.slice(0, 2)))).toBe(fold(counter, facts));
  });
});

describe('a refusal', () => {
  it('carries its code, what to say and the place of the fault', () => {
    const refusal = new Refusal('invalid', 'Got x; send y.', 'body.z');
    expect(refusal).toMatchObject({
      name: 'Refusal',
      code: 'invalid',
      message: 'Got x; send y.',
      param: 'body.z',
    });
    expect(new Refusal('limit', 'Slower.').param).toBeUndefined();
  });

  it('a case that cannot be is a fault of ours, not a refusal', () => {
    expect(() => impossible('x' as never)).toThrow('A case that cannot be');
    expect(() => impossible('x' as never)).not.toThrow(Refusal);
  });
});
