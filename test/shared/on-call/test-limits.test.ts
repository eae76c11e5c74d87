import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, type Instant, MINUTE } from '../../../shared/kernel/index.ts';
import {
  askTest,
  CODE_TRIES,
  giveCode,
  isConfirmed,
  TESTS_AN_HOUR,
  type TestLimits,
  testsLeft,
} from '../../../shared/on-call/index.ts';
import { T0 } from '../../support/given.ts';

const email = { channel: 'email', address: 'e', code: '-' } as const;
const sms = { channel: 'sms', address: 'n', code: 'c' } as const;

function asked(times: number, now: Instant, before?: TestLimits): TestLimits | undefined {
  let limits = before;
  for (let i = 0; i < times; i++) limits = askTest(limits, email, now).limits;
  return limits;
}

describe('[F42] [C14] test notifications', () => {
  it('are five in an hour, and five more in the next', () => {
    const used = asked(TESTS_AN_HOUR, T0);
    expect(testsLeft(used, T0)).toBe(0);
    expect(() => askTest(used, email, T0 + HOUR - 1)).toThrow(
      /5 test notifications in this hour; the next can/,
    );
    expect(testsLeft(asked(1, T0 + HOUR, used), T0 + HOUR)).toBe(TESTS_AN_HOUR - 1);
  });
  it('to a number that was never confirmed are a code, once an hour', () => {
    const first = askTest(undefined, sms, T0);
    expect(first).toMatchObject({ withCode: true, limits: { code: { number: 'n', digest: 'c', tries: 0 } } });
    expect(() => askTest(first.limits, sms, T0 + HOUR - 1)).toThrow(/never confirmed/);
    expect(askTest(first.limits, { ...sms, address: 'other' }, T0).withCode).toBe(true);
    expect(askTest(first.limits, email, T0)).toMatchObject({
      withCode: false,
      limits: { code: { digest: 'c' } },
    });
  });
  it('go to a number once its code was given, and not to another number after it', () => {
    const { limits } = askTest(undefined, sms, T0);
    const confirmed = giveCode(limits, { number: 'n', code: 'c' }, T0 + MINUTE);
    expect(confirmed).toMatchObject({ confirmed: 'n', version: 2 });
    expect(askTest(confirmed, sms, T0 + MINUTE)).toMatchObject({
      withCode: false,
      limits: { confirmed: 'n' },
    });
    expect(isConfirmed(confirmed, { ...sms, address: 'other' })).toBe(false);
  });
  it('confirm nothing by a code that is wrong, old, of another number or tried too often', () => {
    const { limits } = askTest(undefined, sms, T0);
    expect(() => giveCode(undefined, { number: 'n', code: 'c' }, T0)).toThrow(/no code/);
    expect(() => giveCode(limits, { number: 'm', code: 'c' }, T0)).toThrow(/no code/);
    expect(() => giveCode(limits, { number: 'n', code: 'c' }, T0 + HOUR)).toThrow(/over an hour old/);
    let tried = limits;
    for (let i = 0; i < CODE_TRIES; i++) tried = giveCode(tried, { number: 'n', code: 'x' }, T0);
    expect(tried).not.toHaveProperty('confirmed');
    expect(() => giveCode(tried, { number: 'n', code: 'c' }, T0)).toThrow(/tried too often/);
  });

  const event = fc.record({
    after: fc.integer({ min: 0, max: 40 * MINUTE }),
    channel: fc.constantFrom('email', 'sms', 'slack'),
    address: fc.constantFrom('a', 'b'),
    code: fc.constantFrom('1', '2', '3'),
    gives: fc.boolean(),
  });
  it('are never more than five in an hour nor reach an unconfirmed number without a code, whatever is asked', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        let limits: TestLimits | undefined;
        let now = T0;
        const sent = new Map<number, number>();
        for (const { after, gives, ...what } of events) {
          now += after;
          const before = limits;
          try {
            if (gives) limits = giveCode(limits, { number: what.address, code: what.code }, now);
            else {
              const told = askTest(limits, what, now);
              expect(told.withCode).toBe(what.channel === 'sms' && before?.confirmed !== what.address);
              limits = told.limits;
              const hour = Math.floor(now / HOUR);
              sent.set(hour, (sent.get(hour) ?? 0) + 1);
            }
            expect(limits.version).toBe((before?.version ?? 0) + 1);
          } catch (error) {
            expect(error).toHaveProperty('code', expect.stringMatching(/^(limit|precondition)$/));
          }
        }
        for (const count of sent.values()) expect(count).toBeLessThanOrEqual(TESTS_AN_HOUR);
      }),
    );
  });
});
