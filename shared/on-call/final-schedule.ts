import type { Instant } from '../kernel/index.ts';
import { type Override, overridden } from './override.ts';
import { changesOf, turnAt } from './rotation.ts';
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

/** The final schedule from one instant to another: spans without a break between them, gaps included. */
export function finalSchedule(
  schedule: Schedule,
  context: ScheduleContext,
  from: Instant,
  to: Instant,
): readonly Span[] {
  const own = overridesOf(schedule, context);
  const changes = [
    ...schedule.layers.flatMap((layer) => changesOf(layer, schedule.timeZone, from, to)),
    ...own.flatMap((override) => [override.from, override.to]).filter((edge) => edge > from && edge < to),
  ];
  const edges = [from, ...new Set(changes.toSorted((a, b) => a - b)), to];
  const spans: Span[] = [];
  for (const [place, begin] of edges.slice(0, -1).entries()) {
    const span = { from: begin, to: edges[place + 1] ?? to, ...onCallAt(schedule, context, begin) };
    const before = spans.at(-1);
    if (before && isSame(before, span)) spans[spans.length - 1] = { ...before, to: span.to };
    else spans.push(span);
  }
  return spans;
}

const isSame = (a: Span, b: Span): boolean => a.person === b.person && a.override?.id === b.override?.id;

function overridesOf({ id }: Schedule, { overrides, people }: ScheduleContext): readonly Override[] {
  const known = new Set(people.map((person) => person.id));
  return overrides.filter(({ schedule, person }) => schedule === id && known.has(person));
}
