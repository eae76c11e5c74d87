import type { LapseMessage } from '../../shared/alerts/index.ts';
import { ASKED_AT_ONCE } from '../../shared/detection/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { shards } from '../../shared/table/index.ts';
import { allDone } from '../aws/all-done.ts';
import { lapsing } from '../aws/lapses.ts';
import { sendTo } from '../aws/queue.ts';

/** Alerts of one shard that one run asks after; the others are left to the next. */
const MOST = 500;

/**
 * Asks detection after the alerts whose end has come and of which nothing newer is known; gives how many. Whatever is not done by
 * the next run is asked for again, and decided once.
 */
export async function sendLapses(now: Instant, queue: string): Promise<number> {
  const shard = [...Array(shards.due).keys()];
  const due = (await allDone(shard.map((one) => lapsing(one, now, MOST)))).flat();
  const messages = [...Map.groupBy(due, ({ org }) => org)].flatMap(([org, alerts]) =>
    partsOf(alerts.map(({ fingerprint }) => fingerprint)).map((fingerprints) => {
      const body: LapseMessage = { kind: 'lapse', org, fingerprints, askedAt: now };
      return { body, group: org };
    }),
  );
  if (messages.length > 0) await sendTo(queue).send(messages);
  return due.length;
}

const partsOf = (all: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(all.length / ASKED_AT_ONCE) }, (_, i) =>
    all.slice(i * ASKED_AT_ONCE, (i + 1) * ASKED_AT_ONCE),
  );
