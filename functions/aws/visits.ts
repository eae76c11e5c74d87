import type { Actor, Instant } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { decideVisit, type Visit, type VisitEvent } from '../../shared/war-room/index.ts';
import { expiry } from './connections.ts';
import { stored } from './incident-rows.ts';
import type { RoomDecision } from './room-log.ts';
import type { Room } from './rooms.ts';
import { table, type Write } from './table.ts';

interface VisitRow extends Visit {
  readonly version: number;
  readonly expiresAt: Instant;
}

/** The visit of somebody in a room as it is stored. */
export async function loadVisit(room: Room, actor: string): Promise<VisitRow | undefined> {
  const row = await table.get(visitKey(room, actor));
  return row && stored<VisitRow>(row);
}

/** What becomes of a visit, and of the room's log, by what happened to somebody's connections. */
export async function visitDecision(
  room: Room,
  event: VisitEvent,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): Promise<RoomDecision> {
  const before = await loadVisit(room, actor.id);
  // The store deletes late what has run out, so the time is compared.
  const known = before && before.expiresAt > now ? before : undefined;
  const { visit, facts } = decideVisit(known, event, { actor, now });
  return { facts, also: () => visitWrites(room, actor.id, before, visit === known ? before : visit) };
}

/** The change of a stored visit, if it is still as it was read. */
function visitWrites(
  room: Room,
  actor: string,
  before: VisitRow | undefined,
  after: Visit | undefined,
): readonly Write[] {
  if (after === before) return [];
  const key = visitKey(room, actor);
  const guard = before ? { ifVersion: before.version } : { ifNew: true };
  const version = (before?.version ?? 0) + 1;
  return after
    ? [{ put: { ...key, ...after, version, ...expiry() }, ...guard }]
    : [{ delete: key, ...guard }];
}

const visitKey = ({ org, incident }: Room, person: string) =>
  schema.visit.key({ org, inc: incident, person });
