import { describe, expect, it } from 'vitest';
import { type Signal, sources } from '../../../../shared/alerts/index.ts';
import { integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received, translated } from '../../../support/source-rows.ts';

const testing = ['message', 'incidents testing'] as const;

describeBodies('uptime-kuma', {
  rows: {
    down: [['firing', ['monitor', '4'], 'Shop front is down', 'P2_HIGH', 'web', '2026-11-20T08:02:24.123Z']],
    up: [['resolved', ['monitor', '4'], 'Shop front is up', 'P2_HIGH', 'web', '2026-11-20T08:08:24.123Z']],
    'odd-port-without-time': [
      ['firing', ['monitor', '5'], 'Mail port is down', undefined, 'mail port', '2026-11-20T08:02:24.000Z'],
    ],
    pending: [],
    maintenance: [],
    'test-message': [
      ['firing', testing, 'Test: Incidents Testing', 'P5_INFO', undefined, received, 'clock,test'],
    ],
    certificate: [
      [
        'firing',
        [
          'message',
          '[shop front][https://shop.example] server certificate shop.example will expire in 0 days',
        ],
        '[Shop front][https://shop.example] server certificate shop.example will expire in 7 days',
        ...([undefined, 'shop front', received, 'clock'] as const),
      ],
    ],
    'odd-status': [
      [
        'firing',
        ['title', '[shop front] fine', ''],
        '[Shop front] fine',
        undefined,
        undefined,
        received,
        'generic,clock',
      ],
    ],
  },
});

function one(body: unknown): Signal | undefined {
  const translation = sources['uptime-kuma'].translate(body, { receipt: 'req-1', receivedAt, integration });
  return 'refused' in translation ? undefined : translation.signals[0];
}

describe('a heartbeat', () => {
  it('of a monitor that is pending or in maintenance is no alert, and the answer says why', () => {
    expect(translated('uptime-kuma', 'pending')).toEqual({
      signals: [],
      ignored: expect.stringContaining('pending'),
    });
    expect(translated('uptime-kuma', 'maintenance').ignored).toContain('maintenance');
  });

  it('carries what was found, what is watched, and tags as labels', () => {
    expect(translated('uptime-kuma', 'down').signals[0]).toMatchObject({
      description: 'connect ECONNREFUSED 192.0.2.34:443',
      labels: { monitor: 'Shop front', type: 'http', service: 'Web', severity: 'high', eu: 'true' },
      links: [{ text: 'Monitored address', href: 'https://shop.example/' }],
    });
    expect(one({ heartbeat: { monitorID: 1, status: 0 }, monitor: { url: 'https://' } })?.links).toEqual([]);
  });

  it('is the same alert whether its numbers are numbers or texts, and also without its monitor', () => {
    const first = one({ heartbeat: { monitorID: 1, status: 0 }, monitor: null });
    const second = one({ heartbeat: { monitorID: '1', status: '1' }, monitor: {} });
    expect([first?.state, second?.state, first?.title]).toEqual(['firing', 'resolved', 'Monitor 1 is down']);
    expect(second?.fingerprint).toBe(first?.fingerprint);
  });
});

describe('a message without a heartbeat', () => {
  it('of the button that tries the notification wakes nobody', () => {
    expect(one({ msg: 'Incidents Testing', heartbeat: 'null', monitor: 'null' })).toMatchObject({
      flags: ['clock', 'test'],
      severity: 'P5_INFO',
    });
    expect(one({ msg: 'Testing began' })?.flags).toEqual(['clock']);
  });

  it('of a certificate is one alert however many days are left', () => {
    const about = (days: number) =>
      one({ msg: `[Shop][https://s.example] certificate will expire in ${days} days` });
    expect(about(7)?.fingerprint).toBe(about(14)?.fingerprint);
    expect(about(7)?.service).toBe('shop');
  });

  it('[F13] of an unknown form is kept and marked', () => {
    for (const body of [
      {},
      [{}],
      null,
      'x',
      { heartbeat: {}, monitor: {} },
      { heartbeat: { status: 7 }, msg: 'x' },
    ]) {
      expect(one(body)?.flags).toContain('generic');
    }
  });
});
