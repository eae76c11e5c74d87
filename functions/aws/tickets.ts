import { type Ctx, type Instant, SECOND } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { clock } from './clock.ts';
import { newToken, sha256 } from './random.ts';
import { table } from './table.ts';

/** How long a ticket may be used. */
const LIFETIME = 60 * SECOND;

interface TicketRow extends Ctx {
  readonly expiresAt: Instant;
}

/** Makes a ticket that opens one socket for this caller within 60 s; only its hash is stored. */
export async function putTicket(ctx: Ctx): Promise<{ readonly ticket: string; readonly expiresAt: Instant }> {
  const ticket = newToken();
  const expiresAt = clock.now() + LIFETIME;
  const key = schema.ticketDoor.key({ hash: sha256(ticket) });
  await table.put({ ...key, ...ctx, expiresAt, ttl: Math.ceil(expiresAt / SECOND) });
  return { ticket, expiresAt };
}

/** Whose ticket this is; undefined when there is none, it was used before or it is too old. Using it removes it. */
export async function consumeTicket(ticket: string): Promise<Ctx | undefined> {
  const key = schema.ticketDoor.key({ hash: sha256(ticket) });
  const row = await table.remove<TicketRow>(key, { if: { expiresAt: { atLeast: clock.now() } } });
  return row === undefined ? undefined : { org: row.org, actor: row.actor, role: row.role };
}
