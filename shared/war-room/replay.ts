import type { Severity } from '../alerts/index.ts';
import type { FactView, IncidentView, LoggedFact, PersonRef } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';
import { emptyRoom, evolveRoom, type RoomState } from './room.ts';

/** A room as it was at one moment, by what was known then. */
export interface Scene {
  readonly state: IncidentView['state'];
  readonly severity: Severity | undefined;
  readonly parts: RoomState;
  readonly people: readonly PersonRef[];
}

const before: Scene = { state: 'triggered', severity: undefined, parts: emptyRoom, people: [] };

/** When each fact could be seen, in the order of the log: never before the fact under the number before it. */
export function timesOf(facts: readonly FactView[]): readonly Instant[] {
  let latest = Number.NEGATIVE_INFINITY;
  return facts.map(({ recordedAt }) => {
    latest = Math.max(latest, Date.parse(recordedAt));
    return latest;
  });
}

/** How many of the facts could be seen at an instant. */
export function seenBy(times: readonly Instant[], at: Instant): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The room after these facts of its log, from the first. */
export const sceneAfter = (facts: readonly FactView[], from = before): Scene =>
  facts.reduce(evolveScene, from);

function evolveScene(scene: Scene, fact: FactView): Scene {
  const { type, data } = fact;
  const parts = evolveRoom(scene.parts, loggedOf(fact));
  const people = peopleAfter(scene.people, fact);
  const severity = (type === 'incident.opened' ? data.severity : data.to) as Severity | undefined;
  return {
    ...{ parts, people },
    state: states[type] ?? scene.state,
    severity: changesSeverity.has(type) ? severity : scene.severity,
  };
}

const states: Readonly<Record<string, Scene['state']>> = {
  'incident.opened': 'triggered',
  'incident.acknowledged': 'acknowledged',
  'incident.resolved': 'resolved',
  'incident.merged': 'resolved',
  'incident.reopened': 'triggered',
};
const changesSeverity = new Set(['incident.opened', 'incident.severity-changed']);

function peopleAfter(people: readonly PersonRef[], { type, data }: FactView): readonly PersonRef[] {
  if (type !== 'room.joined' && type !== 'room.left') return people;
  const person = data.person as PersonRef;
  const others = people.filter(({ id }) => id !== person.id);
  return type === 'room.joined' ? [...others, person] : others;
}

/** The fact as the core knows it: the API writes times as text. */
export const loggedOf = (view: FactView): LoggedFact =>
  ({ ...view, occurredAt: Date.parse(view.occurredAt) }) as unknown as LoggedFact;

/** Silences that are longer than this are passed over when a room is replayed, in milliseconds. */
const LONGEST_SILENCE = 10_000;

/** Where a replay is after some time at a speed: a long silence is passed over, up to a moment before something happens. */
export function playedOn(
  times: readonly Instant[],
  at: Instant,
  { passed, speed }: { readonly passed: number; readonly speed: number },
): Instant {
  const end = times.at(-1) ?? at;
  const next = times[seenBy(times, at)];
  const step = at + passed * speed;
  if (next === undefined) return end;
  const silence = next - at > LONGEST_SILENCE * speed ? next - LONGEST_SILENCE * speed : at;
  return Math.min(end, Math.max(step, silence));
}

/** Moments of several lists as one, in order: what a replay does not pass over. */
export const momentsOf = (...lists: readonly (readonly Instant[])[]): readonly Instant[] =>
  lists.flat().sort((a, b) => a - b);

/** The last moment before an instant, and the first after it; undefined where there is none. */
export function neighboursOf(
  times: readonly Instant[],
  at: Instant,
): { readonly previous: Instant | undefined; readonly next: Instant | undefined } {
  const next = times[seenBy(times, at)];
  const upTo = seenBy(times, at - 1);
  return { previous: upTo > 0 ? times[upTo - 1] : undefined, next };
}

/** A snapshot of the document as a recording names it. */
export interface Snapshot {
  /** The minute that it is asked by. */
  readonly minute: string;
  /** When the last change in it was made. */
  readonly updatedAt: string;
}

/** The snapshot of the document as it stood at an instant; they are in the order in which they were made. */
export function snapshotAt<Kept extends Snapshot>(snapshots: readonly Kept[], at: Instant): Kept | undefined {
  return snapshots.findLast(({ updatedAt }) => Date.parse(updatedAt) <= at);
}

/** A whole recording of a room as it is exported: every fact of its log, and its document minute by minute. */
export interface Recording {
  readonly format: 'war-room-recording/1';
  readonly incident: IncidentView;
  readonly facts: readonly FactView[];
  readonly document: {
    /** The text as it is now, and when it was last changed. */
    readonly text: string;
    readonly updatedAt?: string;
    readonly snapshots: readonly (Snapshot & { readonly text: string })[];
  };
}
