import { setTimeout as sleep } from 'node:timers/promises';
import type { Activity } from './activity.ts';
import type { Reader } from './core.ts';
import type { QueueEngine } from './engines/queue-engine.ts';

/** What has to stand still before the clock may move. */
export interface Parts {
  readonly activity: Activity;
  readonly readers: readonly Reader[];
  readonly queues: QueueEngine;
  readonly watchedQueues: ReadonlySet<string>;
}

const patience = 60_000;

/**
 * Waits until nothing more happens without time passing: no work under way, every stream read to its end, no message
 * that could be received.
 *
 * @returns the instant at which the next delayed or hidden message can be received, if there is one
 */
export async function quiet(parts: Parts): Promise<number | undefined> {
  const until = performance.now() + patience;
  for (;;) {
    await within(parts.activity.none(), until, parts);
    const begun = parts.activity.begun;
    const looks = [atEnds(parts), parts.queues.state([...parts.watchedQueues])] as const;
    const [ends, states] = await within(Promise.all(looks), until, parts);
    const still = parts.activity.active === 0 && parts.activity.begun === begun;
    if (still && ends.every(Boolean) && states.every((state) => state.ready === 0)) {
      const due = states.flatMap((state) => state.nextDue ?? []);
      return due.length === 0 ? undefined : Math.min(...due);
    }
    await within(sleep(1), until, parts);
  }
}

const atEnds = ({ readers }: Parts): Promise<boolean[]> =>
  Promise.all(readers.map((reader) => reader.atEnd()));

async function within<Value>(work: Promise<Value>, until: number, { activity }: Parts): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `The system does not come to rest within ${patience / 1_000} s; work under way: ${activity.active}`;
    timer = setTimeout(() => reject(new Error(message)), until - performance.now());
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
