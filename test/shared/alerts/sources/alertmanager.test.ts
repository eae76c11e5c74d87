import { describe, expect, it } from 'vitest';
import { type Signal, sources } from '../../../../shared/alerts/index.ts';
import { DAY, toText } from '../../../../shared/kernel/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received } from '../../../support/source-rows.ts';

describeBodies('alertmanager', {
  rows: {
    'two-firing': [
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
    mixed: [
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
    resolved: [
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
    'odd-old-without-fingerprint': [
      [
        'firing',
        ['labels', 'alertname', 'QueueStuck', 'job', 'mailer', 'region', 'eu-1'],
        'QueueStuck',
        undefined,
        'mailer',
        '2026-11-20T07:00:00.500Z',
      ],
    ],
    'same-labels-two-fingerprints': [
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
    'api-v2-list': [
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
    'custom-payload': [
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
    'no-alerts': [],
  },
});

const receipt = { receipt: 'req-1', receivedAt, integration };

function translate(body: unknown): readonly Signal[] {
  const translation = sources.alertmanager.translate(body, receipt);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation.signals;
}

const one = (alert: Record<string, unknown>, group: Record<string, unknown> = {}): Signal => {
  const [signal] = translate({ version: '4', status: 'firing', ...group, alerts: [alert] });
  if (signal === undefined) throw new Error('one alert gives one signal');
  return signal;
};

const alert = {
  status: 'firing',
  labels: { alertname: 'A', service: 'shop' },
  startsAt: '2026-11-20T08:00:00Z',
  endsAt: '0001-01-01T00:00:00Z',
};

describe('the state of one alert of a notification', () => {
  it('[M2] an end of 0001-01-01T00:00:00Z has not come: the alert fires', () => {
    expect(one(alert).state).toBe('firing');
    expect(one({ ...alert, status: undefined }).state).toBe('firing');
  });

  it('follows the alert itself, not the notification that fires as long as one of its alerts does', () => {
    expect(one({ ...alert, status: 'resolved', endsAt: '2026-11-20T08:10:00Z' })).toMatchObject({
      state: 'resolved',
      at: Date.UTC(2026, 10, 20, 8, 10),
    });
  });

  it('without a status follows the end: past is over, future still fires', () => {
    expect(one({ ...alert, status: undefined, endsAt: '2026-11-20T08:59:59Z' }).state).toBe('resolved');
    expect(one({ ...alert, status: undefined, endsAt: '2026-11-20T09:00:01Z' }).state).toBe('firing');
    expect(one({ ...alert, status: undefined }, { status: 'resolved' }).state).toBe('resolved');
  });

  it('[M2] a resolve whose end was never set is over at its receipt, marked', () => {
    expect(one({ ...alert, status: 'resolved' })).toMatchObject({
      state: 'resolved',
      at: receivedAt,
      flags: ['clock'],
    });
  });

  it('never ends before it began, even if its clock was set back between', () => {
    expect(one({ ...alert, status: 'resolved', endsAt: '2026-11-20T07:00:00Z' }).at).toBe(
      Date.UTC(2026, 10, 20, 8),
    );
  });
});

describe('what a notification carries', () => {
  it('a firing alert keeps labels, description and the links a person may follow', () => {
    const [signal] = translate(fixture('alertmanager/two-firing'));
    expect(signal).toMatchObject({
      description: 'Payments fail at 12 %\nMore than 5 % of payments failed for 2 minutes.',
      labels: {
        alertname: 'PaymentErrors',
        severity: 'critical',
        service: 'Payments',
        instance: 'pay-1:8080',
      },
      flags: [],
    });
    expect(signal?.links.map(({ text }) => text)).toEqual(['Runbook', 'Source', 'Alertmanager']);
  });

  it('a relative source link is joined to the external address; a javascript: address is no link', () => {
    const group = { externalURL: 'https://grafana.example/' };
    expect(one({ ...alert, generatorURL: '?orgId=1' }, group).links[0]?.href).toBe(
      'https://grafana.example/?orgId=1',
    );
    expect(one({ ...alert, generatorURL: 'javascript:alert(1)' }).links).toEqual([]);
  });

  it('an empty group is accepted and says nothing', () => {
    expect(translate({ version: '4', alerts: [] })).toEqual([]);
    expect(translate([])).toEqual([]);
  });

  it('[F13] an alert of unknown form among others becomes a generic signal, the others stay what they are', () => {
    const found = translate({ alerts: [alert, 'disk full', { status: 'firing', labels: {} }, null] });
    expect(found.map(({ flags }) => flags.includes('generic'))).toEqual([false, true, true, true]);
    expect(found[1]?.title).toBe('disk full');
  });

  it('[F13] new fields, missing optional ones and changed types are survived', () => {
    const odd = {
      ...alert,
      labels: { alertname: 7, up: true, nested: { a: 1 } },
      startsAt: 12,
      annotations: 'none',
    };
    expect(one({ ...odd, notification_reason: 'first' })).toMatchObject({
      title: '7',
      labels: { alertname: '7', up: 'true' },
      flags: ['clock'],
      at: receivedAt,
    });
  });
});

describe('the identity of an alert', () => {
  it('is the same for every state and every repetition', () => {
    const [firing] = translate(fixture('alertmanager/two-firing'));
    const [resolved] = translate(fixture('alertmanager/resolved'));
    expect(resolved?.fingerprint).toBe(firing?.fingerprint);
  });

  it('without a fingerprint does not depend on the order of labels', () => {
    const labels = { b: '2', a: '1' };
    expect(one({ ...alert, labels }).fingerprint).toBe(
      one({ ...alert, labels: { a: '1', b: '2' } }).fingerprint,
    );
  });

  it('[F20] labels that contain separators do not meet', () => {
    const pairs = [
      { a: 'b=c' },
      { 'a=b': 'c' },
      { a: 'b,c=d' },
      { a: 'b', c: 'd' },
      { 'a,b': 'c' },
      { a: 'b', ',c': 'd' },
    ];
    const found = pairs.map((labels) => one({ ...alert, labels }).fingerprint);
    expect(new Set(found).size).toBe(pairs.length);
  });

  it('[F19] service names that people hold to be equal give the same fingerprint', () => {
    const names = ['Café', 'Cafe\u0301', 'CAFÉ', ' café '];
    const found = names.map((service) => one({ ...alert, labels: { service } }));
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(new Set(found.map(({ service }) => service))).toEqual(new Set(['café']));
  });
});

describe('limits', () => {
  it('[F11] 2,000 alerts are taken; more are refused with what to do', () => {
    const many = (count: number) => ({ alerts: Array.from({ length: count }, () => alert) });
    expect(translate(many(2_000))).toHaveLength(2_000);
    const refused = sources.alertmanager.translate(many(2_001), receipt);
    expect(refused).toMatchObject({ refused: { code: 'too_large' } });
    expect(JSON.stringify(refused)).toContain('group_by');
  });

  it('[F11] 10,000 labels and one of 64 KB are clipped and marked', () => {
    const labels = {
      ...Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`l${n}`, 'x'])),
      alertname: 'A',
    };
    const many = one({ ...alert, labels });
    expect(Object.keys(many.labels)).toHaveLength(64);
    expect(many.flags).toContain('clipped');
    const large = one({ ...alert, labels: { alertname: 'A', dump: 'x'.repeat(65_536) } });
    expect(large.labels.dump?.length).toBeLessThanOrEqual(250);
    expect(large.flags).toEqual(['clipped']);
  });

  it('[F7] a beginning a day ahead, in 1970, on a day that is none, or left out is the receipt, marked', () => {
    const times = [toText(receivedAt + DAY), '1970-01-01T00:00:00Z', '2026-02-30T00:00:00Z', undefined];
    for (const startsAt of times) {
      expect(one({ ...alert, startsAt })).toMatchObject({ at: receivedAt, flags: ['clock'] });
    }
  });
});
