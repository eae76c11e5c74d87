import { type Instant, SECOND } from '../kernel/index.ts';
import type { Pending, RoomClient } from './client-state.ts';
import { patienceAfter } from './limits.ts';
import type { ServerMessageOf, WritingFrame } from './protocol.ts';

/** Adds a message behind those that wait; one that is there already stays where it is. */
export function withMessage(client: RoomClient, frame: WritingFrame, now: Instant): RoomClient {
  if (client.outbox.some((pending) => pending.frame.id === frame.id)) return client;
  return { ...client, outbox: [...client.outbox, { frame, since: now }] };
}

/** The message whose turn it is: the first that was not refused. */
export const headOf = ({ outbox }: RoomClient): Pending | undefined =>
  outbox.find(({ refused }) => refused === undefined);

/** When the head is to be sent, for the first time or again; undefined when nothing waits or the room is not open. */
export function sendAt(client: RoomClient): Instant | undefined {
  const head = headOf(client);
  if (client.link !== 'open' || head === undefined) return undefined;
  const again = head.sentAt === undefined ? head.since : head.sentAt + patienceAfter(head.sends ?? 1);
  return Math.max(again, head.waitUntil ?? 0);
}

/** Notes that the head is on its way. */
export function sent(client: RoomClient, now: Instant): RoomClient {
  const head = headOf(client);
  if (head === undefined) return client;
  return changed(client, head.frame.id, ({ waitUntil: _, sends = 0, ...rest }) => ({
    ...rest,
    ...{ sentAt: now, sends: sends + 1 },
  }));
}

/** Nothing is on its way over a connection that is gone. */
export const unsent = (client: RoomClient): RoomClient => ({
  ...client,
  outbox: client.outbox.map(({ sentAt: _, sends: __, ...pending }) => pending),
});

/** The message is recorded, or its author takes it back. */
export const without = (client: RoomClient, id: string): RoomClient => ({
  ...client,
  outbox: client.outbox.filter(({ frame }) => frame.id !== id),
});

/** A refused message that its author sends again. */
export const again = (client: RoomClient, id: string): RoomClient =>
  changed(client, id, ({ frame, since }) => ({ frame, since }));

/** How long a message waits when the server has too much to do, or had a fault. */
const waits: Partial<Record<ServerMessageOf<'error'>['code'], number>> = {
  limit: 5 * SECOND,
  internal: 2 * SECOND,
};

/** A complaint about a message: it is tried again where that may help, else it waits for its author. */
export function complained(client: RoomClient, error: ServerMessageOf<'error'>, now: Instant): RoomClient {
  if (!client.outbox.some(({ frame }) => frame.id === error.id))
    return error.id === undefined ? { ...client, complaint: error } : client;
  const wait = waits[error.code];
  return changed(client, error.id ?? '', ({ sentAt: _, ...pending }) =>
    wait === undefined ? { ...pending, refused: error.message } : { ...pending, waitUntil: now + wait },
  );
}

function changed(client: RoomClient, id: string, change: (pending: Pending) => Pending): RoomClient {
  const outbox = client.outbox.map((pending) => (pending.frame.id === id ? change(pending) : pending));
  return { ...client, outbox };
}
