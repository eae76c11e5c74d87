import {
  type Ctx,
  HOUR,
  type Instant,
  MINUTE,
  type OrganisationId,
  SECOND,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { limits } from '../../shared/war-room/index.ts';
import { allDone } from './all-done.ts';
import { clock } from './clock.ts';
import { table } from './table.ts';

/** API Gateway ends a connection after two hours; what is older is of no use. */
const LIFETIME = 2 * HOUR + 15 * MINUTE;

/** A connection, whose it is, and the incidents whose rooms it joined. */
export interface ConnectionRow extends Ctx {
  readonly rooms?: ReadonlySet<string>;
}

/** Notes whose a new connection is. */
export async function putConnection(connectionId: string, ctx: Ctx): Promise<void> {
  const { org, actor } = ctx;
  await allDone([
    table.put({ ...schema.connectionDoor.key({ connectionId }), ...ctx, ...expiry() }),
    table.put({
      ...schema.actorConnection.key({ org, actor: actor.id, connectionId }),
      connectionId,
      ...expiry(),
    }),
  ]);
}

/** Takes a connection out of the books and tells what it was. */
export async function takeConnection(connectionId: string): Promise<ConnectionRow | undefined> {
  const row = await table.remove<ConnectionRow>(schema.connectionDoor.key({ connectionId }));
  if (row === undefined) return undefined;
  await table.remove(schema.actorConnection.key({ org: row.org, actor: row.actor.id, connectionId }));
  return row;
}

/** The connections of a person or machine. */
export async function connectionsOf(org: OrganisationId, actor: string): Promise<readonly string[]> {
  const partition = schema.actorConnection.partition({ org, actor });
  const { items } = await table.query<{ connectionId: string; expiresAt: Instant }>({ partition });
  const now = clock.now();
  return items.filter(({ expiresAt }) => expiresAt > now).map(({ connectionId }) => connectionId);
}

/** Over so many milliseconds messages are counted. */
const COUNTED = 10 * SECOND;

/** Counts one message of a connection; false when it has said too much in these ten seconds, or is not there any more. */
export async function spend(connectionId: string): Promise<boolean> {
  const key = schema.connectionDoor.key({ connectionId });
  const window = Math.floor(clock.now() / COUNTED);
  const isFirst = await table.update(key, {
    set: { window, said: 1 },
    if: { pk: { exists: true }, window: { not: window } },
  });
  if (isFirst) return true;
  const said = { window: { is: window }, said: { below: limits.messagesIn10s } } as const;
  return (await table.update(key, { add: { said: 1 }, if: said })) !== undefined;
}

/** When what belongs to a connection is of no use any more. */
export function expiry(): { readonly expiresAt: Instant; readonly ttl: number } {
  const expiresAt = clock.now() + LIFETIME;
  return { expiresAt, ttl: Math.ceil(expiresAt / SECOND) };
}
