import type { AcceptedMessage } from '../../shared/alerts/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { type Key, schema, shardOf, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { duePages } from './due-pages.ts';
import { table } from './table.ts';

/** A message that waits in the table, and where. */
export interface Parked {
  readonly key: Key;
  /** The message as JSON; not read yet, so that one which cannot be read spoils no page. */
  readonly body: string;
}

/** Puts messages into the table, each under its receipt; putting one again changes nothing. */
export async function parkMessages(messages: readonly AcceptedMessage[], now: Instant): Promise<void> {
  await allDone(
    messages.map((message) => {
      const { org, receipt } = message;
      const place = { org, receipt, parkedAt: now, shard: shardOf(receipt, shards.due) };
      const index = schema.parkedMessage.index('gsi2', place);
      // Text, so that what comes out is the same byte for byte.
      const body = JSON.stringify(message);
      return table.put({ ...schema.parkedMessage.key(place), ...index, kind: 'parked', body });
    }),
  );
}

/** Items in memory at once: at most this many of up to 400 KB. */
const PAGE = 20;

/** The messages that wait in one shard, the longest waiting first, a page at a time; one that is gone was sent. */
export async function* parkedMessages(shard: number): AsyncGenerator<readonly Parked[]> {
  const start = schema.parkedMessage.index('gsi2', { shard, parkedAt: 0, org: '-', receipt: '-' });
  const pages = duePages<{ readonly body: string }>({ partition: start.gsi2pk }, PAGE);
  for await (const rows of pages) yield rows.map(({ pk, sk, body }) => ({ key: { pk, sk }, body }));
}

/** Removes messages that were sent. */
export async function removeParked(parked: readonly Parked[]): Promise<void> {
  await allDone(parked.map(({ key }) => table.remove(key)));
}
