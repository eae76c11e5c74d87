import type { Instant } from '../kernel/index.ts';
import { compareOverrides, type Override, overridden } from './override.ts';
import { daysAround, type Stay, turnAt, turnsOn } from './rotation.ts';
import type { Schedule } from './schedule.ts';

/** Who a schedule has on call from one instant to another; a gap has no person. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
  readonly person?: string;
  /** The override that has put them there. */
  readonly override?: Override;
}

/** What a schedule is made of beside itself: its overrides, and who there is. Overrides by people who are gone do not count. */
export interface ScheduleContext {
  readonly overrides: readonly Override[];
  readonly people: readonly { readonly id: string }[];
}

/** Who a schedule has on call at an instant, computed from what the wall shows; nobody is a gap. */
export function onCallAt(
  schedule: Schedule,
  context: ScheduleContext,
  at: Instant,
): Pick<Span, 'person' | 'override'> {
  const { layers, timeZone } = schedule;
  let turn: string | undefined;
  for (let layer = layers.length - 1; layer >= 0 && turn === undefined; layer--) {
    const rotation = layers[layer];
    turn = rotation && turnAt(rotation, timeZone, at);
  }
  return overridden(turn, overridesOf(schedule, context), at);
}

/**
 * The final schedule from one instant to another: spans without a break between them, gaps included. The turns of all layers are
 * gone through once, from change to change.
 */
export function finalSchedule(
  schedule: Schedule,
  context: ScheduleContext,
  from: Instant,
  to: Instant,
): readonly Span[] {
  const own = overridesOf(schedule, context).filter((one) => one.from < to && one.to > from);
  const days = daysAround(schedule.timeZone, from, to);
  const layers = schedule.layers.map((layer) => turnsOn(days, layer));
  const changes = [...layers.flat(), ...own].flatMap((one) => [one.from, one.to]);
  const inside = [...new Set(changes)].filter((edge) => edge > from && edge < to).sort((a, b) => a - b);
  const edges = [from, ...inside, to];
  const turnIn = turnsInOrder(layers);
  const spans: Span[] = [];
  for (const [place, begin] of edges.slice(0, -1).entries()) {
    const span = { from: begin, to: edges[place + 1] ?? to, ...overridden(turnIn(begin), own, begin) };
    const before = spans.at(-1);
    if (before && isSame(before, span)) spans[spans.length - 1] = { ...before, to: span.to };
    else spans.push(span);
  }
  return spans;
}

/** Whose turn it is by the last layer that has somebody, asked for instants in their order. */
function turnsInOrder(layers: readonly (readonly Stay[])[]): (at: Instant) => string | undefined {
  const places = layers.map((stays) => ({ stays, next: 0 })).reverse();
  return (at) => {
    for (const place of places) {
      for (let stay = place.stays[place.next]; stay && stay.to <= at; stay = place.stays[place.next])
        place.next++;
      const stay = place.stays[place.next];
      if (stay && stay.from <= at) return stay.person;
    }
    return undefined;
  };
}

const isSame = (a: Span, b: Span): boolean => a.person === b.person && a.override?.id === b.override?.id;

function overridesOf({ id }: Schedule, { overrides, people }: ScheduleContext): readonly Override[] {
  const own = overrides.filter(({ schedule }) => schedule === id);
  return own.filter(({ person }) => people.some((one) => one.id === person)).sort(compareOverrides);
}
