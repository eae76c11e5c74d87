import type { Instant } from '../kernel/index.ts';
import { type Layer, type Restriction, weekdays } from './schedule.ts';
import { type Day, dayOf, instantOf, minutesOf, wallAt, weekdayOf } from './zone.ts';

/** Whose turn it is in a layer; undefined before its first hand-off and outside of its hours. */
export function turnAt(layer: Layer, timeZone: string, at: Instant): string | undefined {
  if (!counts(layer, timeZone, at)) return undefined;
  const turn = turnNumber(layer, timeZone, at);
  return turn < 0 ? undefined : layer.people[turn % layer.people.length];
}

/** The instants after `from` and before `to` at which a layer may change: its hand-offs, and the ends of its hours. */
export function changesOf(layer: Layer, timeZone: string, from: Instant, to: Instant): readonly Instant[] {
  const days = turnDays(layer);
  const start = dayOf(layer.startDate);
  // Clocks leap by less than a day, the calendar by one at most: two days more on each side see all.
  const first = wallAt(from, timeZone).day - 2;
  const last = wallAt(to, timeZone).day + 2;
  const changes: Instant[] = [];
  const handOff = start + Math.max(0, Math.ceil((first - start) / days)) * days;
  for (let day = handOff; day <= last; day += days)
    changes.push(instantOf({ day, minute: minutesOf(layer.handOff) }, timeZone));
  for (let day = first; day <= last; day++)
    for (const window of layer.only ?? [])
      if (isOn(window, day)) changes.push(...Object.values(windowOn(window, day, timeZone)));
  return changes.filter((change) => change > from && change < to);
}

/** How many hand-offs there were after the first; below 0 when there was none yet. */
function turnNumber(layer: Layer, timeZone: string, at: Instant): number {
  const days = turnDays(layer);
  const start = dayOf(layer.startDate);
  const minute = minutesOf(layer.handOff);
  // The next one may be past although the calendar does not show its day yet: clocks may be set back over midnight.
  let turn = Math.floor((wallAt(at, timeZone).day - start) / days) + 1;
  while (turn >= 0 && instantOf({ day: start + turn * days, minute }, timeZone) > at) turn--;
  return turn;
}

function turnDays({ every }: Layer): number {
  if (every === 'day') return 1;
  return every === 'week' ? 7 : every;
}

function counts({ only }: Layer, timeZone: string, at: Instant): boolean {
  if (only === undefined) return true;
  const today = wallAt(at, timeZone).day;
  return only.some((window) =>
    [today - 2, today - 1, today, today + 1].some((day) => {
      if (!isOn(window, day)) return false;
      const { begin, end } = windowOn(window, day, timeZone);
      return begin <= at && at < end;
    }),
  );
}

const isOn = (window: Restriction, day: Day): boolean =>
  window.weekdays.some((name) => name === weekdays[weekdayOf(day)]);

/** A window as it is on one day: it may end on the day after. */
function windowOn({ from, to }: Restriction, day: Day, timeZone: string) {
  const until = minutesOf(to) > minutesOf(from) ? day : day + 1;
  return {
    begin: instantOf({ day, minute: minutesOf(from) }, timeZone),
    end: instantOf({ day: until, minute: minutesOf(to) }, timeZone),
  };
}
