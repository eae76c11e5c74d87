import { describe, expect, it } from 'vitest';
import { type Signal, sources } from '../../../../shared/alerts/index.ts';
import { integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received, translated } from '../../../support/source-rows.ts';

describeBodies('grafana', {
  rows: {
    mixed: [
      [
        'resolved',
        ['fingerprint', 'aa01bb02cc03dd04'],
        'Queue is long',
        'P1_CRITICAL',
        'mailer',
        '2026-11-20T08:08:28.652Z',
      ],
      [
        'firing',
        ['fingerprint', 'aa01bb02cc03dd05'],
        'Login fails',
        undefined,
        'accounts',
        '2026-11-20T08:03:00.500Z',
      ],
    ],
    'odd-without-alertname': [
      [
        'firing',
        ['fingerprint', 'e1349a25f5ef0e9e'],
        'Memory',
        undefined,
        undefined,
        '2026-11-20T07:09:00.000Z',
      ],
    ],
    'test-alert': [
      [
        'firing',
        ['fingerprint', 'd4edaaf9f9f839b1'],
        'Test: TestAlert',
        ...(['P5_INFO', undefined, '2026-11-20T08:04:57.622Z', 'test'] as const),
      ],
    ],
    'no-data': [
      [
        'firing',
        ['fingerprint', '0b01'],
        'Orders per minute: no data',
        'P2_HIGH',
        'orders',
        '2026-11-20T08:00:00.000Z',
      ],
      [
        'resolved',
        ['fingerprint', '0b02'],
        'Orders per minute: the data source fails',
        ...([undefined, 'orders', '2026-11-20T08:10:00.000Z'] as const),
      ],
    ],
    'odd-custom-payload': [
      [
        'firing',
        ['title', 'login fails for accounts', ''],
        'Login fails for Accounts',
        undefined,
        undefined,
        received,
        'generic,clock',
      ],
    ],
  },
});

const linksOf = (signal: Signal | undefined) => signal?.links.map(({ text, href }) => [text, href]);

function one(alert: Record<string, unknown>, group: Record<string, unknown> = {}): Signal | undefined {
  const body = {
    externalURL: 'https://graphs.example/',
    ...group,
    alerts: [{ labels: { alertname: 'A' }, ...alert }],
  };
  const translation = sources.grafana.translate(body, { receipt: 'req-1', receivedAt, integration });
  return 'refused' in translation ? undefined : translation.signals[0];
}

describe('an alert of Grafana', () => {
  it('leads to its panel, its rule, its picture and a silence', () => {
    const [signal] = translated('grafana', 'odd-without-alertname').signals;
    expect(linksOf(signal)).toEqual([
      ['Panel', 'https://graphs.example/d/ece9?orgId=1&viewPanel=2'],
      ['Source', 'https://graphs.example/alerting/grafana/r1/view?orgId=1'],
      ['Picture', 'https://pictures.example/p.png'],
      ['Silence', 'https://graphs.example/alerting/silence/new?alertmanager=grafana'],
    ]);
  });

  it('without a panel leads to its dashboard, by addresses that may be relative; five links are too many, and no loss', () => {
    const signal = one({
      ...{
        dashboardURL: '/d/x',
        generatorURL: '?orgId=1',
        panelURL: '',
        silenceURL: '/s',
        imageURL: '/i.png',
      },
      annotations: { runbook_url: 'https://wiki.example/a' },
      ...{ labels: { alertname: 'A' }, startsAt: '2026-11-20T08:00:00Z' },
    });
    expect(linksOf(signal)).toEqual([
      ['Runbook', 'https://wiki.example/a'],
      ['Dashboard', 'https://graphs.example/d/x'],
      ['Source', 'https://graphs.example/?orgId=1'],
      ['Picture', 'https://graphs.example/i.png'],
    ]);
    expect(signal?.flags).toEqual([]);
  });

  it('says what its rule measured below what its annotations say', () => {
    expect(translated('grafana', 'odd-without-alertname').signals[0]?.description).toBe(
      'Memory is used up\nValues: A: 2473545728, C: 1',
    );
    expect(one({ values: null })?.description).toBeUndefined();
    expect(one({ values: { B: 1 } })?.description).toBe('Values: B: 1');
  });

  it('has the name that stands around it, in whichever place', () => {
    expect(one({ labels: { x: '1' } }, { groupLabels: { alertname: 'G' } })?.title).toBe('G');
    expect(
      one({ labels: { x: '1' } }, { commonLabels: { alertname: 'C' }, groupLabels: { alertname: 'G' } })
        ?.title,
    ).toBe('C');
    expect(one({ labels: { alertname: 'DatasourceNoData' } })?.title).toBe('DatasourceNoData');
  });

  it('that a contact point sends for a trial says so and wakes nobody, unless it is only named like one', () => {
    const labels = { alertname: 'TestAlert', instance: 'Grafana' };
    expect(one({ labels })).toMatchObject({
      title: 'Test: TestAlert',
      severity: 'P5_INFO',
      flags: ['clock', 'test'],
    });
    expect(one({ labels: { ...labels, severity: 'critical' } })?.severity).toBe('P1_CRITICAL');
    expect(one({ labels: { ...labels, instance: 'web-1' } })?.flags).toEqual(['clock']);
  });
});
