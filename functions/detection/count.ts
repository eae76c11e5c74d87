import { Arrivals, Counter } from '../../shared/alerts/index.ts';
import { type Duration, MINUTE, SECOND } from '../../shared/kernel/index.ts';
import type { CountMessage } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { writeCount } from '../aws/counts.ts';
import { eachSignal } from '../aws/signals.ts';
import { isUncounted, markCounted, postpone } from '../aws/uncounted.ts';
import { NotNow } from '../edge/queue.ts';
import { keepArrivals } from './arrivals.ts';
import type { Ports } from './ports.ts';

type CountPorts = Pick<Ports, 'now' | 'sendAlertQueue'>;

const WRITES_AT_ONCE = 25;

/** How long a run writes, and what is then left for saying so. */
const WRITING: Duration = 3 * SECOND;
const RESERVE: Duration = SECOND;

/**
 * A run that has less time than this left does not begin: reading 100,000 signals takes 0.8 s of a whole processor, some three
 * of a function's share.
 */
const WHOLE_RUN: Duration = 3 * SECOND + WRITING + RESERVE;
const LATER_SECONDS = 5;

/** A message that comes so long after its time is not the first. */
const LATE: Duration = MINUTE;

/**
 * Counts the signals of one minute as the union of what was kept, and says so. Doing it again, together or in another order
 * changes nothing. Each run that is not the last counts some alerts more, in the order of fingerprints; so they end. `left` is
 * how much of the invocation is left: a run for which that is too little is sent on.
 */
export async function count(message: CountMessage, ports: CountPorts, left: () => Duration): Promise<void> {
  const { org, minute, dueAt, after = '' } = message;
  if (!(await isUncounted(message))) return;
  const now = ports.now();
  if (now < dueAt) throw new NotNow(`The minute is counted from ${dueAt} on`);
  if (left() < WHOLE_RUN) return sendOn(message, ports, LATER_SECONDS);
  // Before the work: it may be what ends this environment.
  if (now >= dueAt + LATE) await postpone(message, now);
  const counter = new Counter();
  const arrivals = new Arrivals();
  await eachSignal(org, minute, (line) => {
    if (line.fingerprint > after && counter.add(line)) arrivals.add(line);
  });
  // A run that goes on after another sees only the rest; the first has seen all.
  if (after === '') await keepArrivals(message, arrivals.byIntegration(), ports);
  const counts = counter.counts();
  const until = ports.now() + Math.min(WRITING, left() - RESERVE);
  let done = 0;
  do {
    const some = counts.slice(done, done + WRITES_AT_ONCE);
    await allDone(some.map(([fingerprint, counted]) => writeCount(org, minute, fingerprint, counted)));
    done += some.length;
  } while (done < counts.length && ports.now() <= until);
  const [last] = counts[done - 1] ?? [];
  if (done === counts.length || last === undefined) await markCounted(message);
  else await sendOn({ ...message, after: last }, ports);
}

const sendOn = (body: CountMessage, { sendAlertQueue }: CountPorts, delaySeconds = 0): Promise<void> =>
  sendAlertQueue([{ body, group: body.org, delaySeconds }]);
