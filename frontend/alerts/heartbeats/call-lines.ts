import { DAY, type Duration, HOUR, MINUTE } from '../../../shared/kernel/time.ts';

/** A line for a shell that calls a heartbeat, and fails where the call does not come through. */
export const callLine = (url: string): string => `curl -fsS -m 10 --retry 5 -o /dev/null '${url}'`;

/** A line for a crontab that calls a heartbeat after a job that went well. */
export const crontabLine = (url: string, intervalMinutes: number): string =>
  `${cronOf(intervalMinutes)}  /path/to/job && ${callLine(url)}`;

/** What a crontab says in one line without a gap of another length at the turn of an hour or a day; the longest first. */
const rhythms: readonly (readonly [every: Duration, cron: string])[] = [
  [7 * DAY, '0 3 * * 0'],
  [DAY, '0 3 * * *'],
  ...[12, 8, 6, 4, 3, 2].map((hours) => [hours * HOUR, `0 */${hours} * * *`] as const),
  [HOUR, '0 * * * *'],
  ...[30, 20, 15, 12, 10, 6, 5, 4, 3, 2].map((count) => [count * MINUTE, `*/${count} * * * *`] as const),
];

/** When such a job runs: never less often than the heartbeat is expected, or it would be missed while all is well. */
const cronOf = (minutes: number): string =>
  rhythms.find(([every]) => every <= minutes * MINUTE)?.[1] ?? '* * * * *';
