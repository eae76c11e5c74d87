import type { AcceptedMessage } from '../../shared/alerts/index.ts';
import { type Duration, type Instant, SECOND } from '../../shared/kernel/index.ts';
import { canaryHome } from '../../shared/wiring/index.ts';
import { ExpiringCache } from '../aws/expiring-cache.ts';
import { noteSeen } from '../aws/integration-activity.ts';
import { log } from '../edge/log.ts';

/** How exact the time is at which an integration was last heard of: so seldom one process writes it. */
const EXACT: Duration = 10 * SECOND;

/** Integrations whose time this process wrote just now. */
const noted = new ExpiringCache<true>(10_000);

/** Of what the system sends itself nobody asks when it was heard of. */
const isHeard = ({ org, own, source }: AcceptedMessage): boolean =>
  !own && source !== 'heartbeat' && org !== canaryHome.org;

/** No message comes again because of it. */
const none: readonly string[] = [];

/** Notes which integrations were heard of. It is for people to look at, so that it fails is logged and keeps no alert. */
export async function noteHeard(
  batch: readonly { readonly message: AcceptedMessage }[],
  now: Instant,
): Promise<readonly string[]> {
  const messages = batch.map(({ message }) => message).filter(isHeard);
  const heard = new Map(messages.map((message) => [`${message.org} ${message.integration}`, message]));
  const due = [...heard].filter(([name]) => noted.get(name) === undefined);
  const done = await Promise.allSettled(
    due.map(async ([name, { org, integration, receivedAt }]) => {
      noted.set(name, true, EXACT);
      await noteSeen(org, integration, Math.min(now, receivedAt));
    }),
  );
  const failed = done.filter(({ status }) => status === 'rejected').length;
  if (failed > 0) log.warn('activity was not noted', { integrations: failed });
  return none;
}
