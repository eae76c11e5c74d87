import { describe, expect, it } from 'vitest';
import { fingerprintOf, type Signal, type Source, translators } from '../../../shared/alerts/index.ts';
import { toText } from '../../../shared/kernel/index.ts';
import { fixture, integration, receivedAt } from '../../support/alert-fixture.ts';

const receipt = { receipt: 'req-1', receivedAt, integration };
const received = '2026-11-20T09:00:00.000Z';

function signals(source: Source, name: string): readonly Signal[] {
  const translation = translators[source].translate(fixture(name), receipt);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation.signals;
}

/** state, identity, title, severity, service, time, flags */
type Row = readonly [
  state: string,
  identity: readonly string[],
  title: string | undefined,
  severity: string | undefined,
  service: string | undefined,
  at: string,
  flags?: string,
];

const row = (signal: Signal, identity: readonly string[]): Row => [
  signal.state,
  signal.fingerprint === fingerprintOf(integration, ...identity) ? identity : ['another fingerprint'],
  signal.title,
  signal.severity,
  signal.service,
  toText(signal.at),
  signal.flags.join(),
];

const expected: Readonly<Record<Source, Readonly<Record<string, readonly Row[]>>>> = {
  alertmanager: {
    'alertmanager-two-firing': [
      [
        'firing',
        ['fingerprint', '3f1c9d0a77b2e645'],
        'PaymentErrors',
        'P1_CRITICAL',
        'payments',
        '2026-11-20T08:24:38.326Z',
      ],
      [
        'firing',
        ['fingerprint', '90ab12cd34ef5678'],
        'PaymentErrors',
        'P1_CRITICAL',
        'payments',
        '2026-11-20T08:25:08.326Z',
      ],
    ],
    'alertmanager-mixed': [
      [
        'resolved',
        ['fingerprint', '3f1c9d0a77b2e645'],
        'PaymentErrors',
        'P1_CRITICAL',
        'payments',
        '2026-11-20T08:31:08.326Z',
      ],
      [
        'firing',
        ['fingerprint', '90ab12cd34ef5678'],
        'PaymentErrors',
        'P1_CRITICAL',
        'payments',
        '2026-11-20T08:25:08.326Z',
      ],
    ],
    'alertmanager-resolved': [
      [
        'resolved',
        ['fingerprint', '3f1c9d0a77b2e645'],
        'PaymentErrors',
        'P1_CRITICAL',
        'payments',
        '2026-11-20T08:31:08.326Z',
      ],
      [
        'resolved',
        ['fingerprint', '90ab12cd34ef5678'],
        'PaymentErrors',
        'P1_CRITICAL',
        'payments',
        '2026-11-20T08:32:38.326Z',
      ],
    ],
    'alertmanager-old-without-fingerprint': [
      [
        'firing',
        ['labels', 'alertname', 'QueueStuck', 'job', 'mailer', 'region', 'eu-1'],
        'QueueStuck',
        undefined,
        'mailer',
        '2026-11-20T07:00:00.500Z',
      ],
    ],
    'alertmanager-same-labels-two-fingerprints': [
      [
        'firing',
        ['fingerprint', 'aa00000000000001'],
        'DiskHot',
        'P1_CRITICAL',
        undefined,
        '2026-11-20T07:17:58.432Z',
      ],
      [
        'firing',
        ['fingerprint', 'aa00000000000002'],
        'DiskHot',
        'P1_CRITICAL',
        undefined,
        '2026-11-20T07:17:58.432Z',
      ],
    ],
    'alertmanager-api-v2-list': [
      [
        'firing',
        ['labels', 'alertname', 'InstanceGone', 'job', 'api', 'severity', 'warning'],
        'InstanceGone',
        'P3_MEDIUM',
        'api',
        '2026-11-20T08:00:00.000Z',
      ],
      [
        'resolved',
        ['labels', 'alertname', 'InstanceGone', 'job', 'web', 'severity', 'warning'],
        'InstanceGone',
        'P3_MEDIUM',
        'web',
        '2026-11-20T08:20:00.000Z',
      ],
    ],
    'alertmanager-custom-payload': [
      [
        'firing',
        ['title', 'paymenterrors is firing for payments', ''],
        'PaymentErrors is firing for Payments',
        undefined,
        undefined,
        received,
        'generic,clock',
      ],
    ],
    'alertmanager-no-alerts': [],
  },
  'pagerduty-events': {
    'pagerduty-trigger': [
      [
        'firing',
        ['dedup_key', 'db-3/replication'],
        'Replication of db-3 is 90 s behind',
        'P1_CRITICAL',
        'orders-db',
        '2026-11-20T08:42:58.315Z',
      ],
    ],
    'pagerduty-acknowledge': [
      ['acknowledged', ['dedup_key', 'db-3/replication'], undefined, undefined, undefined, received, 'clock'],
    ],
    'pagerduty-resolve': [
      ['resolved', ['dedup_key', 'db-3/replication'], undefined, undefined, undefined, received, 'clock'],
    ],
    'pagerduty-trigger-from-alertmanager': [
      [
        'firing',
        ['dedup_key', '77'.repeat(32)],
        '[FIRING:1] InstanceDown (search)',
        'P3_MEDIUM',
        'search',
        '2026-11-20T08:24:38.326Z',
      ],
    ],
    'pagerduty-resolve-from-alertmanager': [
      [
        'resolved',
        ['dedup_key', '77'.repeat(32)],
        '[RESOLVED] InstanceDown (search)',
        'P3_MEDIUM',
        'search',
        '2026-11-20T08:31:08.326Z',
      ],
    ],
  },
  generic: {
    'generic-full': [
      [
        'firing',
        ['key', 'checkout-latency'],
        'Checkout answers slowly',
        'P2_HIGH',
        'checkout',
        '2026-11-20T08:50:00.000Z',
      ],
    ],
    'generic-resolved': [
      ['resolved', ['key', 'checkout-latency'], undefined, undefined, undefined, '2026-11-20T08:55:00.000Z'],
    ],
    'generic-message-only': [
      [
        'firing',
        ['title', 'the nightly backup did not start', ''],
        'The nightly backup did not start',
        undefined,
        undefined,
        received,
        'clock',
      ],
    ],
    'generic-oncall': [
      [
        'firing',
        ['key', '5b7c1f02-1111-4222-8333-abcdefabcdef'],
        'Shop: all checks fail',
        undefined,
        undefined,
        received,
        'clock',
      ],
    ],
    'generic-cloudevent': [
      [
        'firing',
        ['key', 'checkout-err'],
        'Checkout error rate 12 %',
        'P1_CRITICAL',
        'checkout-api',
        '2026-11-20T08:31:00.000Z',
      ],
    ],
    'generic-list': [
      ['firing', ['key', '1'], 'One', undefined, undefined, received, 'clock'],
      ['resolved', ['key', '2'], 'Two', undefined, undefined, received, 'clock'],
    ],
    'generic-alertmanager': [
      [
        'firing',
        ['fingerprint', '3f1c9d0a77b2e645'],
        'PaymentErrors',
        'P1_CRITICAL',
        'payments',
        '2026-11-20T08:24:38.326Z',
      ],
    ],
  },
};

for (const source of Object.keys(expected) as Source[]) {
  describe(`what ${source} says`, () => {
    for (const [name, rows] of Object.entries(expected[source])) {
      it(`${name} is understood in state, identity, title, severity, service and time`, () => {
        const found = signals(source, name);
        expect(found.map((signal, place) => row(signal, rows[place]?.[1] ?? []))).toEqual(
          rows.map((each) => [...each.slice(0, 6), each[6] ?? '']),
        );
      });
    }
  });
}
