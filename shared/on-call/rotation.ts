import type { Instant } from '../kernel/index.ts';
import { type Layer, type Restriction, weekdays } from './schedule.ts';
import { type Day, dayOf, instantOf, instantsIn, minutesOf, wallAt, weekdayOf } from './zone.ts';

/** A time, up to the first instant that is not in it. */
interface Hours {
  readonly from: Instant;
  readonly to: Instant;
}

/** Somebody's turn in a layer, or a part of it. */
export interface Stay extends Hours {
  readonly person: string;
}

type WhenShown = ReturnType<typeof instantsIn>;

/** Days in a row of one zone. */
export interface DaysShown {
  readonly first: Day;
  readonly last: Day;
  readonly when: WhenShown;
}

/** Whose turn it is in a layer; undefined before its first hand-off and outside of its hours. */
export function turnAt(layer: Layer, timeZone: string, at: Instant): string | undefined {
  if (!counts(layer, timeZone, at)) return undefined;
  const turn = turnNumber(layer, timeZone, at);
  return turn < 0 ? undefined : layer.people[turn % layer.people.length];
}

/** The days of a zone that may touch the time from one instant to another, and when the wall shows what on them. */
export function daysAround(timeZone: string, from: Instant, to: Instant): DaysShown {
  // Clocks leap by less than a day, the calendar by one at most: two days more on each side see all.
  const [first, last] = [wallAt(from, timeZone).day - 2, wallAt(to, timeZone).day + 2];
  return { first, last, when: instantsIn(timeZone) };
}

/** The turns of a layer on these days, within its hours, in order; each hand-off and each window is looked at once. */
export function turnsOn(days: DaysShown, layer: Layer): readonly Stay[] {
  const turns = handOffsOf(layer, days);
  return layer.only === undefined ? turns : within(turns, hoursOf(layer.only, days));
}

/** The turns of a layer as its hand-offs alone make them; the last lasts until somebody looks further. */
function handOffsOf(layer: Layer, { first, last, when }: DaysShown): readonly Stay[] {
  const days = turnDays(layer);
  const start = dayOf(layer.startDate);
  const minute = minutesOf(layer.handOff);
  const stays: Stay[] = [];
  for (let turn = Math.max(0, Math.floor((first - start) / days)); start + turn * days <= last; turn++) {
    const person = layer.people[turn % layer.people.length];
    const from = when({ day: start + turn * days, minute });
    const to = when({ day: start + (turn + 1) * days, minute });
    if (person !== undefined && from < to) stays.push({ from, to, person });
  }
  return stays;
}

/** The hours of a layer as times in order, none touching another. */
function hoursOf(only: readonly Restriction[], { first, last, when }: DaysShown): readonly Hours[] {
  const all: { from: Instant; to: Instant }[] = [];
  for (const window of only)
    for (let day = first; day <= last; day++) if (isOn(window, day)) all.push(windowOn(window, day, when));
  const merged: { from: Instant; to: Instant }[] = [];
  for (const hours of all.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const before = merged.at(-1);
    if (before && hours.from <= before.to) before.to = Math.max(before.to, hours.to);
    else merged.push(hours);
  }
  return merged;
}

/** What of turns is within hours; both are in order, and each is gone through once. */
function within(turns: readonly Stay[], hours: readonly Hours[]): readonly Stay[] {
  const stays: Stay[] = [];
  let place = 0;
  for (const turn of turns) {
    for (let now = hours[place]; now && now.from < turn.to; now = hours[place]) {
      const [from, to] = [Math.max(now.from, turn.from), Math.min(now.to, turn.to)];
      if (from < to) stays.push({ from, to, person: turn.person });
      if (now.to > turn.to) break;
      place++;
    }
  }
  return stays;
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
  const when = instantsIn(timeZone);
  return only.some((window) =>
    [today - 2, today - 1, today, today + 1].some((day) => {
      if (!isOn(window, day)) return false;
      const { from, to } = windowOn(window, day, when);
      return from <= at && at < to;
    }),
  );
}

const isOn = (window: Restriction, day: Day): boolean =>
  window.weekdays.some((name) => name === weekdays[weekdayOf(day)]);

/** A window as it is on one day: it may end on the day after. */
function windowOn({ from, to }: Restriction, day: Day, when: WhenShown): Hours {
  const until = minutesOf(to) > minutesOf(from) ? day : day + 1;
  return {
    from: when({ day, minute: minutesOf(from) }),
    to: when({ day: until, minute: minutesOf(to) }),
  };
}
