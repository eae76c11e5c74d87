import type { ReleaseMessage } from '../../shared/alerts/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import { allDone } from '../aws/all-done.ts';
import { sendTo } from '../aws/queue.ts';
import { dueQuiets } from '../aws/quiets.ts';

/** Silences and maintenance windows of one shard that one run asks after; the others are left to the next. */
const MOST = 200;

/** Asks detection after what is held back by silences and maintenance windows that have ended or changed; gives how many. */
export async function sendReleases(now: Instant, queue: string): Promise<number> {
  const shard = [...Array(shards.due).keys()];
  const due = (await allDone(shard.map((one) => dueQuiets(one, now, MOST)))).flat();
  const messages = due.map(({ org, quiet }) => {
    const body: ReleaseMessage = { kind: 'release', org, quiet, askedAt: now };
    return { body, group: org };
  });
  if (messages.length > 0) await sendTo(queue).send(messages);
  return messages.length;
}
