import { cronNext } from './cron.ts';

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)` or `cron(0 3 * * ? *)`; gives the first instant after a given one, both in milliseconds.
 * A rate counts from the epoch, so that it falls on full minutes and hours.
 */
export function parseSchedule(expression: string): (after: number) => number {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  const period = Number(rate?.[1]) * (units[rate?.[2] ?? ''] ?? Number.NaN);
  if (period > 0) return (after) => (Math.floor(after / period) + 1) * period;
  const cron = /^cron\((.+)\)$/.exec(expression)?.[1];
  if (cron !== undefined) return cronNext(cron);
  throw new Error(`The local runner cannot read the schedule ${expression}`);
}
