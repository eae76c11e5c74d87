import type { FactView } from '../../shared/incidents/index.ts';
import { evolveRoom, loggedOf, type RoomState } from '../../shared/war-room/index.ts';

/** Facts that say something about roles, pins or actions. */
const ofParts = /^room\.(role|pin|unpin|action)/;

/** The parts of a room after these facts of its log; those that the parts know already change nothing. */
export function roomOf(parts: RoomState, facts: readonly FactView[]): RoomState {
  return facts
    .filter(({ type }) => ofParts.test(type))
    .map(loggedOf)
    .reduce(evolveRoom, parts);
}
