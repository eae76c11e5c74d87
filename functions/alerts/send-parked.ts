import type { AcceptedMessage } from '../../shared/alerts/index.ts';
import { type Duration, type Instant, SECOND } from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import { allDone, throwAll } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { type Parked, parkedMessages, removeParked } from '../aws/parked.ts';
import { sendTo } from '../aws/queue.ts';
import { log } from '../edge/log.ts';

/** What is not sent in this time is left to the next run; ten seconds are all that a function has. */
const SENDING: Duration = 6 * SECOND;

/**
 * Sends the messages that the queue did not take and removes each after it was sent; gives how many. Whoever dies in between
 * sends some again, and they count once. What cannot be sent is logged by its key and holds up no other; it throws at the end.
 */
export async function sendParked(queueUrl: string): Promise<number> {
  const until = clock.now() + SENDING;
  const shard = (_: unknown, number: number) => sendShard(queueUrl, number, until);
  const sent = await allDone(Array.from({ length: shards.due }, shard));
  return sent.reduce((sum, count) => sum + count, 0);
}

async function sendShard(queueUrl: string, shard: number, until: Instant): Promise<number> {
  const faults: unknown[] = [];
  let count = 0;
  for await (const page of parkedMessages(shard)) {
    if (clock.now() >= until) break;
    const { sent, fault } = await sendPage(queueUrl, page, until);
    if (fault !== undefined) faults.push(fault);
    await removeParked(sent).catch((error: unknown) => faults.push(error));
    count += sent.length;
    // Also here, so that no further page is loaded in vain.
    if (clock.now() >= until) break;
  }
  throwAll(faults, 'Parked messages were not sent');
  return count;
}

interface Sent {
  readonly sent: readonly Parked[];
  /** Why some were not sent; absent when all were. */
  readonly fault?: unknown;
}

/** Sends a page at once, and when that fails each of its messages alone: one that cannot be sent takes no other with it. */
async function sendPage(queueUrl: string, page: readonly Parked[], until: Instant): Promise<Sent> {
  try {
    await send(queueUrl, page, until);
    return { sent: page };
  } catch {
    // The reason is found again below, with the message that it belongs to.
  }
  const outcomes = await Promise.allSettled(page.map((one) => send(queueUrl, [one], until)));
  const isSent = (_: Parked, place: number) => outcomes[place]?.status === 'fulfilled';
  const [fault] = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (fault === undefined) return { sent: page };
  const keys = page.filter((one, place) => !isSent(one, place)).map(({ key: { pk, sk } }) => `${pk} ${sk}`);
  log.error('parked messages were not sent', {
    keys,
    reason: fault instanceof Error ? fault.name : 'unknown',
  });
  return { sent: page.filter(isSent), fault };
}

/** Sends these in the time that is left. */
async function send(queueUrl: string, parked: readonly Parked[], until: Instant): Promise<void> {
  const within = until - clock.now();
  if (within <= 0) throw new Error('No time is left to send parked messages');
  await sendTo(queueUrl, { within }).send(parked.map(outgoing));
}

function outgoing({ body: text }: Parked) {
  const body = JSON.parse(text) as AcceptedMessage;
  return { body, group: body.integration };
}
