import { type Duration, type Instant, SECOND } from '../kernel/index.ts';

/**
 * How many calls a second to connections one room may cause by being told at once: each costs one for every person, and the
 * account's quota for them is the webhooks' too.
 */
const CALLS = 1_000;

/** What is assumed of a room of which nothing is known yet: messages a second. */
const UNKNOWN = 10;

/** When a number of a room was reserved. Numbers are the room's, so two of them tell what all writers do together. */
export interface Beat {
  readonly seq: number;
  readonly at: Instant;
}

/** Those beats that are needed to tell what the last second was like, with the new one. */
export function withBeat(beats: readonly Beat[], beat: Beat): readonly Beat[] {
  const old = beats.findLastIndex(({ at }) => beat.at - at >= SECOND);
  return [...beats.slice(Math.max(0, old)), beat].slice(-MOST);
}

const MOST = 200;

/** Seconds: what was said within so many is taken as said in the last one. */
const KNOWN = 2;

/**
 * How the newest fact of a room is told: `pushed` by who recorded it while connections × messages of the last second are
 * within the budget, else by the `stream`, whose reader sends many facts in one frame.
 */
export function wayOf(connections: number, beats: readonly Beat[]): 'pushed' | 'stream' {
  return togetherIn(connections, beats) === 1 ? 'pushed' : 'stream';
}

/** How many messages of a room are to be told in one frame, so that its calls stay within the budget. */
export function togetherIn(connections: number, beats: readonly Beat[]): number {
  return Math.max(1, Math.ceil((connections * rateOf(beats)) / CALLS));
}

/** Messages of the last second, rather too many than too few where these beats tell only of a longer time. */
function rateOf(beats: readonly Beat[]): number {
  const [first, newest] = [beats[0], beats.at(-1)];
  if (!first || !newest || first === newest) return UNKNOWN;
  return (newest.seq - first.seq) / Math.max(1, (newest.at - first.at) / SECOND - KNOWN);
}

/**
 * How many people a room may have for who types and who is there to be told: these are the first to be dropped. All of so many
 * come, go, or look elsewhere within a second for no more calls than the budget.
 */
export const MOST_TOLD = 32;

/**
 * Milliseconds between two cursors of one person while so many others move theirs: however many see them, all of them together
 * stay within the budget. Only those who move can know how many do, so it is theirs to keep.
 */
export const cursorPause = (others: number): Duration => (others + 1) * MOST_TOLD;

/**
 * Milliseconds after which somebody asks for the next page of what a room of so many has missed: hundreds that were cut off at
 * once ask at once, while what is new is told them too. All of them get two fifths of the budget.
 */
export const pagePause = (connections: number): Duration => Math.ceil((connections / (0.4 * CALLS)) * SECOND);

/** How many calls a second the stream's reader makes for one room. */
const TOLD = 2_000;

/** Milliseconds between two frames that the stream's reader sends to a room of so many connections: four a second, or fewer. */
export const framePause = (connections: number): Duration =>
  Math.max(SECOND / 4, Math.ceil((connections / TOLD) * SECOND));

/** How many frames the stream's reader sends one after another to a room of so many: it has ten seconds, and other rooms wait. */
export const framesAtOnce = (connections: number): number =>
  Math.max(1, Math.min(8, Math.floor((4 * SECOND) / framePause(connections))));
