import type { FinalSchedule, ShownSpan } from './use-schedule.ts';

const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric' });

const lengthOf = ({ from, to }: Pick<ShownSpan, 'from' | 'to'>): number => Date.parse(to) - Date.parse(from);

/** Two weeks drawn as one strip; the list beside it says the same in words. */
export function ScheduleStrip({ schedule }: { readonly schedule: FinalSchedule }) {
  const { spans, people } = schedule;
  const whole = lengthOf(schedule);
  const days = daysOf(schedule);
  return (
    <div className="strip" aria-hidden="true">
      <div className="strip-turns">
        {spans.map((span) => (
          <span
            key={span.from}
            className={span.person === undefined ? 'gap' : `tone-${toneOf(span.person.id, people)}`}
            data-instead={span.override !== undefined || undefined}
            style={{ flexGrow: lengthOf(span) / whole }}
          >
            {span.person?.name ?? 'Nobody'}
          </span>
        ))}
      </div>
      <div className="strip-days">
        {days.map((at) => (
          <span key={at} style={{ left: `${(100 * (at - Date.parse(schedule.from))) / whole}%` }}>
            {day.format(at)}
          </span>
        ))}
      </div>
    </div>
  );
}

const TONES = 5;

/** Whoever is not in the rotation has taken over: the last tone is theirs. */
function toneOf(id: string, people: FinalSchedule['people']): number {
  const place = people.findIndex((one) => one.id === id);
  return place === -1 ? TONES : place % TONES;
}

/** The name of a day has no room where less than this part of the strip is left. */
const ROOM = 0.05;

/** The beginnings of days in it, by the reader's clock. */
function daysOf({ from, to }: FinalSchedule): readonly number[] {
  const days: number[] = [];
  const next = new Date(from);
  next.setHours(24, 0, 0, 0);
  const last = Date.parse(to) - ROOM * lengthOf({ from, to });
  while (next.getTime() < last) {
    days.push(next.getTime());
    next.setDate(next.getDate() + 1);
  }
  return days;
}
