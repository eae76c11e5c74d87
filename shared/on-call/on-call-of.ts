import { DAY, type Instant, toText } from '../kernel/index.ts';
import type { Duty } from './duty.ts';
import { finalSchedule, type Span } from './final-schedule.ts';
import type { Schedule } from './schedule.ts';

/** How far ahead it is looked for the end of a turn: only as far as the next change, where it comes soon. */
const AHEAD = [2 * DAY, 8 * DAY, 35 * DAY];

/** Somebody or a schedule by id and name; without a name here, by id alone. */
export function namedIn(
  id: string,
  { people, schedules }: Pick<Duty, 'people' | 'schedules'>,
): { readonly id: string; readonly name: string } {
  const isIt = (one: { readonly id: string }): boolean => one.id === id;
  return { id, name: (people.find(isIt) ?? schedules.find(isIt))?.name ?? id };
}

/** Who a schedule has on call at an instant, until when, and who comes then; without a person, nobody. */
export function onCallOf(schedule: Schedule, duty: Duty, at: Instant) {
  const { id, name, timeZone } = schedule;
  const [now, next] = nextChange(schedule, duty, at);
  return {
    id,
    name,
    timeZone,
    ...(now && whoIn(now, duty)),
    // A span up to the end of what was looked at may last longer.
    ...(now && next && { until: toText(now.to), next: whoIn(next, duty) }),
  };
}

/** The span at an instant and the one after it, if there is a change before long. */
function nextChange(schedule: Schedule, duty: Duty, at: Instant): readonly Span[] {
  let spans: readonly Span[] = [];
  for (const ahead of AHEAD) {
    spans = finalSchedule(schedule, duty, at, at + ahead);
    if (spans.length > 1) break;
  }
  return spans;
}

/** Who is on call in a span, and whether an override has put them there. */
export function whoIn({ person, override }: Span, duty: Duty) {
  return {
    ...(person !== undefined && { person: namedIn(person, duty) }),
    ...(override && { override: override.id }),
  };
}

/** A span as the API shows it. */
export function viewSpan(span: Span, duty: Duty) {
  return { from: toText(span.from), to: toText(span.to), ...whoIn(span, duty) };
}
