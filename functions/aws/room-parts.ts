import type { LoggedFact } from '../../shared/incidents/index.ts';
import { schema } from '../../shared/table/index.ts';
import { evolveRoom, nameOfPart, type RoomPart, type RoomState } from '../../shared/war-room/index.ts';
import { stored } from './incident-rows.ts';
import type { Room } from './rooms.ts';
import { table, type Write } from './table.ts';

/** The roles, pins and actions of a room as they are now. */
export async function loadRoom({ org, incident }: Room): Promise<RoomState> {
  const { items } = await table.query<object>({
    partition: schema.roomPart.partition({ org, inc: incident }),
    prefix: schema.roomPart.sortPrefix,
  });
  const parts = items.map((row) => stored<RoomPart>(row));
  return new Map(parts.map((part) => [nameOfPart(part), part]));
}

/** What brings the stored parts in step with new facts, each part as it was when it was read. */
export function partWrites(
  { org, incident }: Room,
  before: RoomState,
  facts: readonly LoggedFact[],
): readonly Write[] {
  const after = facts.reduce(evolveRoom, before);
  return [...after].flatMap(([name, part]): readonly Write[] => {
    const known = before.get(name);
    if (known === part) return [];
    const guard = known ? { if: { seq: { is: known.seq } } } : { ifNew: true };
    const key = schema.roomPart.key({ org, inc: incident, name });
    if (part.part === 'pin' && !part.up) return [{ delete: key, ...guard }];
    return [{ put: { ...key, ...part }, ...guard }];
  });
}
