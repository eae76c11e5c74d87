import {
  CALM,
  fingerprintOf,
  type Origin,
  rateLimit,
  type SignalState,
  type SignalsMessage,
} from '../../shared/alerts/index.ts';
import { type Instant, MINUTE } from '../../shared/kernel/index.ts';
import type { LimitMessage } from '../../shared/wiring/index.ts';
import { readIntegration, readOverLimit } from '../aws/integration-activity.ts';
import type { Ports } from './ports.ts';

type Place = Pick<LimitMessage<Origin>, 'org' | 'minute' | 'integration' | 'source'>;

/**
 * The alert by which an integration's owner learns that it sends more than its limit, about one minute; undefined where the
 * integration is gone and its source not known. Named by integration and minute, so that told again it is the same.
 */
export async function limitAlert(
  { org, minute, integration, source: known }: Place,
  state: Extract<SignalState, 'firing' | 'resolved'>,
  now: Instant,
): Promise<SignalsMessage | undefined> {
  const row = await readIntegration(org, integration);
  const source = row?.source ?? known;
  if (source === undefined) return undefined;
  const end = (minute + 1) * MINUTE;
  const at = state === 'firing' ? minute * MINUTE : end + CALM;
  return {
    kind: 'signals',
    own: true,
    ...{ org, integration, source, receivedAt: Math.max(now, at) },
    receipt: `limit/${integration}/${minute}/${state}`,
    signals: [
      {
        fingerprint: fingerprintOf(integration, 'limit'),
        ...{ state, at, labels: {}, links: [], flags: [] },
        title: `Integration ${row?.name ?? integration} sends more than ${rateLimit.sustained} alerts a second`,
        description: `Nothing was refused: all of them count, and repetitions join their incident. But so many at once hide the one that matters. Group alerts in the source, or send fewer repetitions. This resolves once it has sent less for ${CALM / MINUTE} minutes.`,
        severity: 'P3_MEDIUM',
      },
    ],
  };
}

/** Resolves that alert, unless the integration was over its limit in a later minute, which then has a message of its own. */
export async function calm(
  message: LimitMessage<Origin>,
  ports: Pick<Ports, 'now' | 'sendAlertQueue'>,
): Promise<void> {
  const { org, minute, integration } = message;
  if (((await readOverLimit(org, integration)) ?? minute) > minute) return;
  const resolved = await limitAlert(message, 'resolved', ports.now());
  if (resolved !== undefined) await ports.sendAlertQueue([{ body: resolved, group: integration }]);
}
