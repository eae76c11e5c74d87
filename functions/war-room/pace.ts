import { type Instant, SECOND } from '../../shared/kernel/index.ts';
import { type Beat, framePause, togetherIn, wayOf, withBeat } from '../../shared/war-room/index.ts';
import type { Way } from '../aws/incident-rows.ts';
import type { Room } from '../aws/rooms.ts';

/** How many rooms an environment remembers; the oldest is forgotten first. */
const MOST_ROOMS = 1_000;

class Memory<Value> {
  readonly #values = new Map<string, Value>();

  get({ org, incident }: Room): Value | undefined {
    return this.#values.get(`${org} ${incident}`);
  }

  set({ org, incident }: Room, value: Value): void {
    const name = `${org} ${incident}`;
    this.#values.delete(name);
    this.#values.set(name, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > MOST_ROOMS && oldest !== undefined) this.#values.delete(oldest);
  }
}

const beats = new Memory<readonly Beat[]>();

/** How a new fact of a room is told: numbers are the room's, so what this environment reserved tells of all the others. */
export function chooseWay(room: Room, connections: number, beat: Beat): Way {
  const known = withBeat(beats.get(room) ?? [], beat);
  beats.set(room, known);
  return wayOf(connections, known);
}

interface Telling {
  readonly beats: readonly Beat[];
  /** The last position that was told here, with all before it. */
  readonly told: number;
}

const tellings = new Memory<Telling>();

/** How many stretches at once are told again after a pause: others may have told them meanwhile. */
const MOST_STRETCHES = 8;

/**
 * After which position the changes of a document are told now that one is stored; undefined when this one waits for the next.
 * Where many look and many write, every second, third … is told with those before it.
 */
export function tellAfter(room: Room, connections: number, beat: Beat): number | undefined {
  const { beats: before = [], told = beat.seq - 1 } = tellings.get(room) ?? {};
  const known = withBeat(before, beat);
  const together = togetherIn(connections, known);
  const isTurn = beat.seq % together === 0;
  tellings.set(room, { beats: known, told: isTurn ? Math.max(told, beat.seq) : told });
  return isTurn ? Math.max(Math.min(told, beat.seq - 1), beat.seq - MOST_STRETCHES * together) : undefined;
}

const nextFrameAt = new Memory<Instant>();

/** Milliseconds until the stream's reader may send a room of so many connections its next frame, whose place is taken by this. */
export function waitForTurn(room: Room, connections: number, now: Instant): number {
  const pause = framePause(connections);
  const turn = Math.max(now, Math.min(nextFrameAt.get(room) ?? 0, now + pause));
  nextFrameAt.set(room, turn + pause);
  return turn - now;
}

/** Frames that are not recorded: how many of one connection an environment passes on in a second. */
const MOST_FLEETING = 5;
const fleeting = new Map<string, { second: number; count: number }>();

/** Whether a frame that is not recorded is passed on; one too many is dropped without a word. */
export function mayPass(connectionId: string, now: Instant): boolean {
  const second = Math.floor(now / SECOND);
  if (fleeting.size > 10_000) fleeting.clear();
  const known = fleeting.get(connectionId);
  const count = known?.second === second ? known.count + 1 : 1;
  fleeting.set(connectionId, { second, count });
  return count <= MOST_FLEETING;
}
