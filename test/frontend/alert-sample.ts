import { alertsApi } from '../../shared/alerts/api.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { ago, open } from './sample.ts';

const digits = (digit: string): string => digit.repeat(64);
const [first] = open;
const incident = { id: first?.id, name: 'INC-128', title: first?.title ?? '', state: 'triggered' as const };
const common = { integration: idOf('integration', 1, 'prometheus'), source: 'alertmanager', labels: {} };

/** A page of the list of alerts, as the API answers: in an incident, held back, and only received. */
export const alertPage = alertsApi['list-alerts'].answer.parse({
  items: [
    {
      ...common,
      ...{ id: digits('a'), title: 'Checkout answers 5xx to one request in three', state: 'firing' },
      ...{ severity: 'P1_CRITICAL', service: 'checkout', firedAt: ago(6), receivedAt: ago(1), incident },
      labels: { env: 'prod', pod: 'checkout-7f9c4d5b8-x2x4z.checkout.svc.cluster.local' },
    },
    {
      ...common,
      ...{ id: digits('b'), title: 'Disk of db-replica-3 is 91 % full', state: 'firing' },
      ...{ severity: 'P3_MEDIUM', service: 'payments-database', firedAt: ago(30), receivedAt: ago(3) },
      labels: { env: 'prod', host: 'db-replica-3' },
      suppressed: {
        ...{ by: idOf('silence', 1, 'disks'), kind: 'silence', until: ago(-90) },
        why: 'Silence sil_01 (replacing disks) holds it back',
      },
    },
    { ...common, id: digits('c'), title: 'Probe of staging', state: 'unknown', receivedAt: ago(9) },
    {
      ...common,
      ...{ id: digits('d'), title: 'Latency p99 above 4 s', state: 'resolved', service: 'search' },
      ...{ severity: 'P4_LOW', firedAt: ago(50), endedAt: ago(4), receivedAt: ago(40) },
      ...{ flapping: true, flapsUntil: ago(-6) },
    },
  ],
  next: 'further',
  coveredFrom: ago(60),
});

/** Why the first of them is in its incident, and whom that paged. */
export const whyAlert = alertsApi['explain-alert'].answer.parse({
  ...{ alert: digits('a'), outcome: 'incident', paged: true, incident: first?.id },
  summary:
    'It is in INC-128. Rule \'Production\' (its condition env="prod" holds); grouped by service=checkout. INC-128 paged Grace Hopper, first at 2026-11-28 03:01:12 UTC.',
  steps: [
    {
      ...{ about: 'received', basis: 'recorded', at: ago(1) },
      text: '“Checkout answers 5xx to one request in three” (P1 Critical, service checkout) was last received as firing.',
      lines: ['It is on since 2026-11-28 03:01:10 UTC (6 min).'],
    },
    {
      ...{ about: 'rules', basis: 'recomputed' },
      text: "Rule 'Production' decided: an incident, as P1 Critical. 1 rule before it was tried first.",
      lines: [
        `'Staging is quiet' does not fit. env="staging": no, it saw "prod".`,
        `'Production' fits. env="prod": yes, it saw "prod".`,
      ],
    },
    { about: 'grouping', basis: 'recomputed', text: 'Its group is service=checkout.' },
    { about: 'quiet', basis: 'recomputed', text: 'No silence and no maintenance window is in force.' },
    { about: 'window', basis: 'recorded', at: ago(6), text: 'It opened INC-128.' },
    {
      ...{ about: 'page', basis: 'recorded', at: ago(6), text: 'Step 1 paged level 1: Grace Hopper.' },
      lines: ['Grace Hopper, by text message: taken by the provider. (2026-11-28 03:01:12 UTC)'],
    },
    {
      about: 'page',
      basis: 'recorded',
      text: 'Step 2 is due at 2026-11-28 03:06:12 UTC, unless somebody acknowledges.',
    },
  ],
});

/** Why the sample's first incident is as it is. */
export const whyIncident = {
  incident: first?.id,
  summary:
    'INC-128 was opened at 2026-11-28 03:01:10 UTC by rule Production, for service=checkout; it is P1 Critical. 3 alerts came in.',
  steps: [
    {
      ...{ about: 'opening', basis: 'recorded', at: ago(6), text: 'Alerts opened it as P1 Critical.' },
      lines: ['“Error rate above 30 %” (P1 Critical) came first.'],
    },
    {
      about: 'next',
      basis: 'recomputed',
      text: 'Step 2 of the escalation comes at 2026-11-28 03:06:12 UTC.',
    },
  ],
};
