import { delayUntil, MESSAGE_HORIZON } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import type { RunMessage } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import type { ExpiringCache } from '../aws/expiring-cache.ts';
import { sendTo } from '../aws/queue.ts';
import { dueRuns } from '../aws/run-due.ts';

/** Drives the runs of runbooks that come due, and once more those whose own message was lost. `sent` remembers which were. */
export async function sendRuns(now: Instant, queue: string, sent: ExpiringCache<true>): Promise<number> {
  const shard = [...Array(shards.due).keys()];
  const due = (await allDone(shard.map((one) => dueRuns(one, now + MESSAGE_HORIZON)))).flat();
  const fresh = due.filter(({ name }) => sent.get(name) === undefined);
  const messages = fresh.map(({ org, run, dueAt }) => {
    const body: RunMessage = { kind: 'run', org, run };
    return { body, group: org, delaySeconds: delayUntil(dueAt, now) ?? 0 };
  });
  if (messages.length > 0) await sendTo(queue).send(messages);
  // Until it is due; from then on every run sends it again.
  for (const { name, dueAt } of fresh) sent.set(name, true, Math.max(0, dueAt - now));
  return messages.length;
}
