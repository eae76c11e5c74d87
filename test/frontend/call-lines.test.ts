import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callLine, crontabLine } from '../../frontend/alerts/heartbeats/call-lines.ts';
import { heartbeatLimits } from '../../shared/alerts/heartbeats/heartbeat.ts';
import { DAY, HOUR, MINUTE } from '../../shared/kernel/index.ts';

const url = 'https://alerts/x';
const cronFor = (minutes: number): string => crontabLine(url, minutes).split('  /path/to/job')[0] ?? '';

/** Whether a field of a crontab names a number: all, each so many, or one. */
function names(field: string, value: number): boolean {
  const [from, step] = field.split('/');
  return from === '*' ? value % Number(step ?? 1) === 0 : Number(field) === value;
}

/** The times in minutes between two starts of a job within two weeks, in wall time. */
function gapsOf(cron: string): readonly number[] {
  const [minute = '', hour = '', , , weekday = ''] = cron.split(' ');
  const starts = Array.from({ length: (14 * DAY) / MINUTE }, (_, at) => at).filter((at) => {
    const [hours, days] = [Math.floor((at * MINUTE) / HOUR), Math.floor((at * MINUTE) / DAY)];
    return names(minute, at % 60) && names(hour, hours % 24) && names(weekday, days % 7);
  });
  return [...new Set(starts.slice(1).map((at, place) => at - (starts[place] ?? 0)))];
}

/** The lines of a crontab that start a job regularly, with the time between two starts. */
const regular = new Map(
  [
    ...Array.from({ length: 59 }, (_, at) => `*/${at + 1} * * * *`),
    ...Array.from({ length: 23 }, (_, at) => `0 */${at + 1} * * *`),
    ...['* * * * *', '0 * * * *', '0 3 * * *', '0 3 * * 0'],
  ].flatMap((cron) => {
    const [gap, ...others] = gapsOf(cron);
    return gap === undefined || others.length > 0 ? [] : [[cron, gap] as const];
  }),
);

describe('a line of a crontab', () => {
  test.each([
    [1, '* * * * *'],
    [7, '*/6 * * * *'],
    [15, '*/15 * * * *'],
    [45, '*/30 * * * *'],
    [60, '0 * * * *'],
    [90, '0 * * * *'],
    [300, '0 */4 * * *'],
    [360, '0 */6 * * *'],
    [1439, '0 */12 * * *'],
    [1440, '0 3 * * *'],
    [2880, '0 3 * * *'],
    [7 * 1440, '0 3 * * 0'],
    [heartbeatLimits.interval, '0 3 * * 0'],
  ])('for an interval of %i minutes is %s', (minutes, cron) => {
    expect(crontabLine(url, minutes)).toBe(`${cron}  /path/to/job && ${callLine(url)}`);
  });

  test('starts a job at least as often as the interval, and no more often than a regular one must', () => {
    const interval = fc.oneof(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 1440 }),
      fc.integer({ min: 1, max: heartbeatLimits.interval }),
    );
    fc.assert(
      fc.property(interval, (minutes) => {
        const fitting = [...regular.values()].filter((gap) => gap <= minutes);
        expect(regular.get(cronFor(minutes))).toBe(Math.max(...fitting));
      }),
      { numRuns: 2_000 },
    );
  });
});
