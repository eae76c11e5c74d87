import type { SignalsMessage } from '../../shared/alerts/index.ts';
import type { Awaited, PutOff, Received } from '../../shared/detection/index.ts';
import { type Duration, type Instant, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { shardOf } from '../../shared/table/index.ts';
import { ExpiringCache } from '../aws/expiring-cache.ts';
import type { Outgoing } from '../aws/queue.ts';
import type { Ports } from './ports.ts';

/**
 * How long a firing is put off, in seconds. They come back in any order, so few of them are newer than all that came before; and
 * before the incident of an alert that is over is looked at.
 */
const SOONEST = 4;
const LATEST = 9;

/** By then it has come, and others are not needed for its sake any more. */
const REMEMBERED: Duration = 2 * LATEST * SECOND;

/** The newest firing of an alert that goes one way by its rule, and that this environment has put off: that one comes, whatever becomes of the environment. */
const awaited = new ExpiringCache<Instant>(10_000);

/** What was put off and is still to come, as far as this environment knows. */
export const awaitedOf =
  (org: OrganisationId): Awaited =>
  (fingerprint, way) =>
    awaited.get(nameOf(org, fingerprint, way))?.value;

const nameOf = (org: OrganisationId, fingerprint: string, way: string): string =>
  `${org} ${fingerprint} ${way}`;

/** Has these firings come once more, only to be decided. */
export async function putOff(
  org: OrganisationId,
  later: readonly PutOff[],
  { sendAlertQueue }: Pick<Ports, 'sendAlertQueue'>,
): Promise<void> {
  if (later.length === 0) return;
  await sendAlertQueue(later.map(({ firing }) => again(org, firing)));
  for (const { firing, way } of later) {
    const { signal } = firing;
    const name = nameOf(org, signal.fingerprint, way);
    awaited.set(name, Math.max(signal.at, awaited.get(name)?.value ?? 0), REMEMBERED);
  }
}

function again(org: OrganisationId, { signal, from }: Received): Outgoing {
  const { source, integration, receipt, receivedAt, tellsState } = from;
  const body: SignalsMessage = {
    ...{ kind: 'signals', org, source, integration, receipt, receivedAt },
    ...(tellsState && { tellsState }),
    ...{ signals: [signal], isPutOff: true },
  };
  const delaySeconds = SOONEST + shardOf(receipt, LATEST - SOONEST + 1);
  return { body, group: integration, delaySeconds };
}
