import { alertsApi } from '../../shared/alerts/api.ts';
import { fingerprintOf, type SignalState, type SignalsMessage } from '../../shared/alerts/index.ts';
import { digest, type Instant, MINUTE, Refusal, SECOND, toText } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { claimTest } from '../aws/integration-activity.ts';
import { sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';
import { verb } from '../edge/verb.ts';
import { loadIntegration } from './integration-change.ts';
import type { IntegrationRow } from './integration-row.ts';

/** How long a test alert fires; nobody tests an integration again meanwhile. */
const FIRING = MINUTE;

/** Sends a test alert the way of every alert. It fires for a minute, so that its incident can be seen, and wakes nobody. */
export const testIntegration = verb({
  api: alertsApi['test-integration'],
  run: async ({ ctx: { org }, params: { id }, attempt: { seed } }) => {
    const row = await loadIntegration(org, id);
    const now = clock.now();
    if (!(await claimTest(org, id, now, FIRING))) {
      throw new Refusal(
        'limit',
        'This integration was tested within the last minute; wait for that test to end.',
      );
    }
    const receipt = `test/${digest(id, seed).slice(0, 32)}`;
    const about = (state: SignalState, at: Instant): SignalsMessage => ({
      ...{ kind: 'signals', own: true, org, integration: id, source: row.source, receivedAt: at },
      receipt: `${receipt}/${state}`,
      signals: [testSignal(row, receipt, state, at)],
    });
    const resolvesAt = now + FIRING;
    await sendTo(setting('alertQueue')).send([
      { body: about('firing', now), group: id },
      { body: about('resolved', resolvesAt), group: id, delaySeconds: FIRING / SECOND },
    ]);
    return { receipt, fingerprint: fingerprintOf(id, receipt), resolvesAt: toText(resolvesAt) };
  },
});

const testSignal = ({ id, name }: IntegrationRow, receipt: string, state: SignalState, at: Instant) => ({
  fingerprint: fingerprintOf(id, receipt),
  ...{ state, at, labels: {}, links: [], flags: [] },
  title: `Test alert of ${name}`,
  description: 'Somebody tried this integration out. Nobody is woken, and it resolves within two minutes.',
  severity: 'P5_INFO' as const,
});
