import { noPageWords, type Triggered } from '../incidents/index.ts';
import { levelName, type PagingRecord, type Step } from './paging-record.ts';

/** Why no page follows those that were sent: which levels came and which did not, and what the last resort is for. */
export function noMorePages(incident: Triggered, record: PagingRecord): string {
  const since = `No further page is planned, since ${noPageWords(incident)}.`;
  return [since, ...levelWords(record), ...lastResortWords(record)].join(' ');
}

/** What follows `it`, and what follows `they`. */
type Why = readonly [one: string, more: string];

/** `level 1 was`, `levels 1 and 2 were`. */
export const levelsWere = (numbers: readonly number[]): string =>
  numbers.length === 1
    ? `level ${numbers[0]} was`
    : `levels ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)} were`;

function levelWords({ facts }: PagingRecord): readonly string[] {
  const steps = facts.flatMap((fact) => (fact.type === 'incident.escalated' ? [fact.data] : []));
  const paged = new Set(steps.map(({ level }) => level));
  const over = (passed: (step: Step['data']) => readonly number[] | undefined, [one, more]: Why) => {
    const numbers = new Set(steps.flatMap((step) => passed(step) ?? []).filter((one) => !paged.has(one)));
    if (numbers.size === 0) return [];
    const why = numbers.size === 1 ? `it ${one}` : `they ${more}`;
    return [`${levelsWere([...numbers])} passed over, because ${why}`];
  };
  const passed = [
    ...over(({ skipped }) => skipped, ['reached nobody then', 'reached nobody then']),
    ...over(
      ({ otherSeverity }) => otherSeverity,
      ['is not for the severity of then', 'are not for the severity of then'],
    ),
  ];
  if (passed.length === 0) return [];
  const names = [...paged].map((level) => levelName({ level }).toLowerCase());
  return [`Paged was ${names.join(', ')}; ${passed.join('; ')}.`];
}

/** Who expects the last resort to be paged where nobody answers is told that it is for another case. */
function lastResortWords({ facts, policy, schedules, nameOf }: PagingRecord): readonly string[] {
  const last = facts.findLast((fact) => fact.type === 'incident.escalated');
  if (policy?.lastResort === undefined || last === undefined || last.data.level === 0) return [];
  const id = policy.lastResort;
  const name = schedules.find((schedule) => schedule.id === id)?.name ?? nameOf(id);
  return [`The last resort, ${name}, is paged only where no level that is left reaches anybody.`];
}
