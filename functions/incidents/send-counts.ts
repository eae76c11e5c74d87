import { type Instant, MINUTE } from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import type { CountMessage } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { sendTo } from '../aws/queue.ts';
import { uncountedMinutes } from '../aws/uncounted.ts';

/** A minute that is due for longer should have been counted: its own message was lost. */
const LATE = MINUTE;

/** Minutes of one shard that one run asks to be counted; the others are left to the next. */
const MOST_MINUTES = 50;

/** Asks for the minutes to be counted whose own message was lost; gives how many. */
export async function sendCounts(now: Instant, queue: string): Promise<number> {
  const minutes = (
    await allDone(
      [...Array(shards.due).keys()].map((shard) => uncountedMinutes(shard, now - LATE, MOST_MINUTES)),
    )
  ).flat();
  const messages = minutes.map((minute) => {
    const body: CountMessage = { kind: 'count', ...minute };
    return { body, group: minute.org };
  });
  if (messages.length > 0) await sendTo(queue).send(messages);
  return messages.length;
}
