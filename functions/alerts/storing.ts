import { SECOND } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { parkMessages } from '../aws/parked.ts';
import { sendTo } from '../aws/queue.ts';
import { logFault } from '../edge/errors.ts';
import type { Ports, Storing } from './ports.ts';
import { sparing } from './store.ts';

/** Storing what was accepted: in the queue, else in the table. One of these lives as long as its environment. */
export function storing(alertQueue: string): Omit<Storing, 'visit'> {
  const now = () => clock.now();
  /** Two tries of a healthy queue take less; then there is time left for the second path. */
  const queue = sendTo(alertQueue, { within: 3 * SECOND });
  const grouped: Ports['send'] = (messages) =>
    queue.send(messages.map((body) => ({ body, group: body.integration })));
  return { send: sparing(grouped, now), park: parkMessages, now, fault: logFault };
}
