import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../../../infra/local/schedule/expression.ts';

const at = (text: string) => Date.parse(text);

const cases: readonly (readonly [string, string, string])[] = [
  ['rate(1 minute)', '2026-01-01T00:00:30Z', '2026-01-01T00:01:00Z'],
  ['rate(1 minute)', '2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z'],
  ['rate(2 hours)', '2026-01-01T01:10:00Z', '2026-01-01T02:00:00Z'],
  ['rate(1 day)', '2026-01-01T01:10:00Z', '2026-01-02T00:00:00Z'],
  ['cron(0 3 * * ? *)', '2026-01-01T03:00:00Z', '2026-01-02T03:00:00Z'],
  ['cron(0/15 * * * ? *)', '2026-01-01T03:16:10Z', '2026-01-01T03:30:00Z'],
  ['cron(30 8 ? * MON-FRI *)', '2026-01-02T09:00:00Z', '2026-01-05T08:30:00Z'],
  ['cron(0 0 1 JAN,JUL ? *)', '2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'],
  ['cron(0 0 29 2 ? *)', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
];

describe('the expression of a schedule', () => {
  test.each(cases)('%s after %s is due at %s', (expression, after, due) => {
    expect(new Date(parseSchedule(expression)(at(after))).toISOString()).toBe(new Date(due).toISOString());
  });

  test('a year that has passed is never due again', () => {
    expect(parseSchedule('cron(0 0 1 1 ? 2020)')(at('2026-01-01T00:00:00Z'))).toBe(Number.POSITIVE_INFINITY);
  });

  test.each([
    'rate(0 minutes)',
    'rate(5 weeks)',
    'cron(0 3 * * ?)',
    'cron(0 0 L * ? *)',
    'cron(61 * * * ? *)',
    'at(2026-01-01T00:00:00)',
  ])('%s is refused', (expression) => {
    expect(() => parseSchedule(expression)).toThrow(/cannot read|six fields/);
  });

  test('each occurrence lies after the one before, on a full minute', async () => {
    const expressions = fc.constantFrom('rate(7 minutes)', 'cron(5/10 2,4 * * ? *)', 'cron(0 12 ? * SUN *)');
    const instants = fc.integer({ min: at('2020-01-01'), max: at('2030-01-01') });
    await fc.assert(
      fc.property(expressions, instants, (expression, after) => {
        const next = parseSchedule(expression)(after);
        expect(next).toBeGreaterThan(after);
        expect(next % 60_000).toBe(0);
        expect(parseSchedule(expression)(next - 1)).toBe(next);
      }),
      { numRuns: 200 },
    );
  });
});
