import type { FactView } from '../incidents/index.ts';
import { bytesIn, type IncidentId } from '../kernel/index.ts';
import { limits, PROTOCOL_VERSION } from './limits.ts';
import type { Present, ServerMessageOf } from './protocol.ts';

/**
 * One frame with the facts of one incident, in order. What does not fit is left out from the first one that does not: `last`
 * tells the client that there is more to ask for.
 */
export function factsFrame(
  incident: IncidentId,
  facts: readonly FactView[],
  known = 0,
): ServerMessageOf<'facts'> {
  return { v: PROTOCOL_VERSION, type: 'facts', incident, ...stretchOf(facts, known) };
}

/**
 * As many frames as these facts take, in order, and at most so many. Each tells of nothing beyond itself, so that nobody asks for what is about to
 * come; only the last of too many tells the client that there is more to ask for.
 */
export function factsFrames(
  incident: IncidentId,
  facts: readonly FactView[],
  most: number,
): readonly ServerMessageOf<'facts'>[] {
  const frames: ServerMessageOf<'facts'>[] = [];
  let rest = facts.toSorted((a, b) => a.seq - b.seq);
  while (rest.length > 0 && frames.length < most) {
    const frame = factsFrame(incident, rest);
    rest = frame.facts.length === 0 ? [] : rest.slice(frame.facts.length);
    const isLast = rest.length === 0 || frames.length === most - 1;
    frames.push(isLast ? frame : { ...frame, last: frame.facts.at(-1)?.seq ?? frame.last });
  }
  return frames;
}

interface Joined {
  readonly last: number;
  readonly people: readonly Present[];
  /** How many connections are in the room. */
  readonly connections: number;
}

/** The answer to a join: what the client has missed, in order, and who is there. No more facts are asked for than fit. */
export function joinedFrame(
  incident: IncidentId,
  facts: Iterable<FactView>,
  { last, people, connections }: Joined,
): ServerMessageOf<'joined'> {
  const shown = fitting(people, limits.frameBytes / 3);
  const told = fitting(facts, limits.frameBytes - bytesOf(shown));
  return { v: PROTOCOL_VERSION, type: 'joined', incident, facts: told, last, people: shown, connections };
}

function stretchOf(facts: readonly FactView[], known: number) {
  const ordered = facts.toSorted((a, b) => a.seq - b.seq);
  return { facts: fitting(ordered, limits.frameBytes), last: Math.max(known, ordered.at(-1)?.seq ?? 0) };
}

/** The beginning of a list that takes at most so many bytes. */
function fitting<Entry>(entries: Iterable<Entry>, most: number): Entry[] {
  const fit: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    bytes += bytesOf(entry) + 1;
    if (bytes > most) break;
    fit.push(entry);
  }
  return fit;
}

const bytesOf = (value: unknown): number => bytesIn(JSON.stringify(value));
