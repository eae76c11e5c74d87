import { Counter } from '../../shared/alerts/index.ts';
import { SECOND } from '../../shared/kernel/index.ts';
import type { CountMessage } from '../../shared/wiring/index.ts';
import { writeCount } from '../aws/counts.ts';
import { eachSignal } from '../aws/signals.ts';
import { isUncounted, markCounted } from '../aws/uncounted.ts';
import { NotNow } from '../edge/queue.ts';
import type { Ports } from './ports.ts';

type CountPorts = Pick<Ports, 'now' | 'sendAlertQueue'>;

/**
 * Writes at once, and how long a run goes on after it has read a minute. Reading 100,000 signals takes 0.8 s of a whole
 * processor, some three of a function's share: together they stay within its ten seconds.
 */
const WRITES_AT_ONCE = 25;
const ENOUGH = 3 * SECOND;

/** Counts these minutes; what does not fit into one run is sent on to another. */
export async function countAll(messages: readonly CountMessage[], ports: CountPorts): Promise<void> {
  const until = ports.now() + ENOUGH;
  for (const [i, message] of messages.entries()) {
    if (i > 0 && ports.now() > until) await sendOn(message, ports);
    else await count(message, ports);
  }
}

/**
 * Counts the signals of one minute as the union of what was kept, and says so. Doing it again, together or in another order
 * changes nothing. Each run that is not the last counts some alerts more, in the order of fingerprints; so they end.
 */
async function count(message: CountMessage, ports: CountPorts): Promise<void> {
  const { org, minute, dueAt, after = '' } = message;
  if (!(await isUncounted(message))) return;
  if (ports.now() < dueAt) throw new NotNow(`The minute is counted from ${dueAt} on`);
  const counter = new Counter();
  await eachSignal(org, minute, (line) => {
    if (line.fingerprint > after) counter.add(line);
  });
  const counts = counter.counts();
  const until = ports.now() + ENOUGH;
  let done = 0;
  do {
    const some = counts.slice(done, done + WRITES_AT_ONCE);
    await Promise.all(some.map(([fingerprint, counted]) => writeCount(org, minute, fingerprint, counted)));
    done += some.length;
  } while (done < counts.length && ports.now() <= until);
  const [last] = counts[done - 1] ?? [];
  if (done === counts.length || last === undefined) await markCounted(message);
  else await sendOn({ ...message, after: last }, ports);
}

const sendOn = (body: CountMessage, { sendAlertQueue }: CountPorts): Promise<void> =>
  sendAlertQueue([{ body, group: body.org }]);
