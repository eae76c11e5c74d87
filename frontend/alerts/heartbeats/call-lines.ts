import { DAY, HOUR, MINUTE } from '../../../shared/kernel/time.ts';

/** A line for a shell that calls a heartbeat, and fails where the call does not come through. */
export const callLine = (url: string): string => `curl -fsS -m 10 --retry 5 -o /dev/null '${url}'`;

/** A line for a crontab that calls a heartbeat after a job that went well. */
export const crontabLine = (url: string, intervalMinutes: number): string =>
  `${cronOf(intervalMinutes)}  /path/to/job && ${callLine(url)}`;

/** When such a job runs: as often as the heartbeat is expected, where a crontab can say that in one line. */
function cronOf(minutes: number): string {
  const [hour, day] = [HOUR / MINUTE, DAY / MINUTE];
  if (minutes < hour && hour % minutes === 0) return minutes === 1 ? '* * * * *' : `*/${minutes} * * * *`;
  if (minutes < day && day % minutes === 0 && minutes % hour === 0)
    return minutes === hour ? '0 * * * *' : `0 */${minutes / hour} * * *`;
  return minutes === 7 * day ? '0 3 * * 0' : '0 3 * * *';
}
