import { setTimeout as sleep } from 'node:timers/promises';
import type { Activity } from './activity.ts';
import type { Reader } from './core.ts';
import type { QueueEngine } from './engines/queue-engine.ts';

/** What has to stand still before the clock may move. */
export interface Parts {
  readonly activity: Activity;
  readonly readers: readonly Reader[];
  readonly queues: Pick<QueueEngine, 'state'>;
  readonly watchedQueues: ReadonlySet<string>;
}

/** How long nothing may get less before it counts as never coming to rest. */
const patience = 60_000;

/** How long streams alone may be read on: a function that writes because of what it reads never comes to an end. */
const longestRead = 600_000;

/** After how long a busy system is looked at, whether it gets on. */
const glance = 1_000;

/**
 * Waits until nothing more happens without time passing: no work under way, every stream read to its end, no message
 * that could be received. A backlog takes the time that it takes, as long as it shrinks.
 *
 * @returns the instant at which the next delayed or hidden message can be received, if there is one
 */
export async function quiet(parts: Parts): Promise<number | undefined> {
  const { activity } = parts;
  const seen = { less: performance.now(), read: 0, least: Number.POSITIVE_INFINITY, begun: 0 };
  const until = () => Math.max(seen.less + patience, Math.min(seen.read + patience, seen.less + longestRead));
  for (;;) {
    await before(performance.now() + glance, activity.none());
    const { begun } = activity;
    const looks = [atEnds(parts), parts.queues.state([...parts.watchedQueues])] as const;
    const found = await before(until(), Promise.all(looks));
    const [ends = [], states = []] = found ?? [];
    const isRead = ends.every(Boolean);
    const ready = states.reduce((sum, state) => sum + state.ready, 0);
    if (found !== undefined && ready < seen.least) {
      seen.less = performance.now();
      seen.least = ready;
    }
    if (!isRead && begun > seen.begun) seen.read = performance.now();
    seen.begun = begun;
    const isStill = found !== undefined && activity.active === 0 && activity.begun === begun;
    if (isStill && isRead && ready === 0) {
      const due = states.flatMap((state) => state.nextDue ?? []);
      return due.length === 0 ? undefined : Math.min(...due);
    }
    if (performance.now() >= until()) throw new Error(restless(found && { ends, ready }, activity));
    await sleep(1);
  }
}

function restless(
  found: { readonly ends: readonly boolean[]; readonly ready: number } | undefined,
  { active }: Activity,
): string {
  const what =
    found === undefined
      ? 'a stream or a queue does not answer'
      : `messages waiting: ${found.ready}, streams not read to their end: ${found.ends.filter((end) => !end).length}`;
  return `The system has not come nearer to rest for ${patience / 1_000} s; work under way: ${active}, ${what}`;
}

const atEnds = ({ readers }: Parts): Promise<boolean[]> =>
  Promise.all(readers.map((reader) => reader.atEnd()));

/** What the work gives, or undefined when it takes until then. */
async function before<Value>(until: number, work: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((give) => {
    timer = setTimeout(give, until - performance.now(), undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
