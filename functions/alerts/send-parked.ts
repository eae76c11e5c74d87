import { type Duration, SECOND } from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { parkedMessages, removeParked } from '../aws/parked.ts';
import { sendTo } from '../aws/queue.ts';

/** What is not sent in this time is left to the next run; ten seconds are all that a function has. */
const SENDING: Duration = 6 * SECOND;

/**
 * Sends the messages that the queue did not take and removes each after it was sent; gives how many. Whoever dies in between
 * sends some again, and they count once.
 */
export async function sendParked(queueUrl: string): Promise<number> {
  const until = clock.now() + SENDING;
  const queue = sendTo(queueUrl, { within: SENDING });
  const sent = await allDone(
    Array.from({ length: shards.due }, async (_, shard) => {
      let count = 0;
      for await (const page of parkedMessages(shard)) {
        await queue.send(page.map(({ message: body }) => ({ body, group: body.integration })));
        await removeParked(page);
        count += page.length;
        if (clock.now() > until) break;
      }
      return count;
    }),
  );
  return sent.reduce((sum, count) => sum + count, 0);
}
