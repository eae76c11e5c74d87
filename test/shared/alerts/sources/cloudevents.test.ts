import { describe, expect, it } from 'vitest';
import { fingerprintOf, type Signal, sources, type Translated } from '../../../../shared/alerts/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { leastTimeOf } from '../../../support/least-time.ts';
import { describeBodies, received, translated } from '../../../support/source-rows.ts';

const binary = {
  'ce-specversion': '1.0',
  'ce-id': 'E-2001',
  'ce-source': '/vault',
  'ce-type': 'com.example.disk.alert',
  'ce-subject': 'Vault%20%C3%84',
  'ce-time': '2026-11-20T08:11:00Z',
};
const about = JSON.stringify(['https://monitor.example/shop', 'Shop-API', 'com.example.alert.']);

describeBodies('cloudevents', {
  rows: {
    structured: [
      ['firing', ['key', 'shop-err'], 'Error rate 12 %', 'P1_CRITICAL', 'shop', '2026-11-20T08:31:00.000Z'],
    ],
    'without-state': [
      [
        'firing',
        ['key', about],
        'com.example.alert.triggered: Shop-API',
        ...(['P2_HIGH', 'shop-api', '2026-11-20T08:31:00.000Z'] as const),
      ],
    ],
    'without-state-resolved': [
      [
        'resolved',
        ['key', about],
        'com.example.alert.resolved: Shop-API',
        ...(['P2_HIGH', 'shop-api', '2026-11-20T08:41:00.000Z'] as const),
      ],
    ],
    batch: [
      ['firing', ['key', 'a'], 'A', undefined, 'shop-api', '2026-11-20T08:31:00.000Z'],
      ['resolved', ['key', 'b'], 'B', undefined, 'shop-api', '2026-11-20T08:31:00.000Z'],
    ],
    binary: [['firing', ['key', 'disk-1'], 'Disk full', 'P3_MEDIUM', 'vault ä', '2026-11-20T08:11:00.000Z']],
    'odd-base64': [
      ['firing', ['key', 'door'], 'Tür offen', undefined, undefined, '2026-11-20T08:31:00.000Z'],
    ],
    'odd-no-event': [
      ['firing', ['key', 'disk-1'], 'Disk full', undefined, undefined, received, 'generic,clock'],
    ],
  },
  headers: { binary },
});

function all(body: unknown, headers: Record<string, string> = {}): Translated {
  const translation = sources.cloudevents.translate(body, {
    receipt: 'req-1',
    receivedAt,
    integration,
    headers,
  });
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation;
}

const one = (body: unknown, headers?: Record<string, string>): Signal | undefined =>
  all(body, headers).signals[0];

const event = { specversion: '1.0', id: '1', source: '/s', type: 'a.b.alert' };

describe('an event', () => {
  it('has its extensions and where it is from as labels, but not its data, its ids or its traces', () => {
    const [signal] = translated('cloudevents', 'structured').signals;
    expect(signal?.labels).toEqual({
      region: 'eu-1',
      source: 'https://monitor.example/shop',
      type: 'com.example.alert.triggered',
    });
  });

  it('has the state of its data, else what its type ends with, else it fires', () => {
    expect(one({ ...event, data: { title: 'x', status: 'ok' } })?.state).toBe('resolved');
    expect(one({ ...event, type: 'a.b.resolved', data: { title: 'x', status: 'odd' } })?.state).toBe(
      'resolved',
    );
    expect(one({ ...event, type: 'a.resolved.b', data: { title: 'x' } })?.state).toBe('firing');
    expect(one({ ...event, type: 'a.b.acknowledged' })?.state).toBe('acknowledged');
    expect(one({ ...event, data: { title: 'x', resolved: true } })?.state).toBe('resolved');
  });

  it('whose data is a text, a list, nothing or no JSON is an alert all the same', () => {
    expect(one({ ...event, data: 'Disk full\non vault' })).toMatchObject({
      title: 'Disk full',
      flags: ['clock'],
    });
    expect(one({ ...event, data: [1, 2] })?.title).toBe('a.b.alert: /s');
    expect(one(event)?.title).toBe('a.b.alert: /s');
    expect(one({ ...event, data_base64: 'RGlzayBmdWxs' })?.title).toBe('Disk full');
    for (const odd of ['%', '/w==', 7, `W1${'tb'.repeat(2_000)}`]) {
      expect(one({ ...event, data_base64: odd })?.title).toBe('a.b.alert: /s');
    }
  });

  it('[F11] whose base64 is one run of blanks is read in no time', () => {
    const blank = { ...event, data_base64: `AAAA${' '.repeat(200_000)}!` };
    expect(leastTimeOf(() => one(blank), 200)).toBeLessThan(200);
  });

  it('in binary mode is its headers and its body; a header that is badly encoded stays as it is', () => {
    expect(one({ foo: 1 }, { ...binary, 'ce-subject': '100%' })).toMatchObject({
      title: 'com.example.disk.alert: 100%',
      fingerprint: fingerprintOf(integration, 'key', JSON.stringify(['/vault', '100%', 'com.example.disk.'])),
      flags: [],
    });
    expect(one([1], { 'ce-specversion': '1.0' })?.flags).toContain('generic');
  });
});

describe('a delivery', () => {
  it('is named by source and id, the same on each retry, so that no two pairs meet', () => {
    const pairs = [
      ['/a', 'b'],
      ['/a b', ''],
      ['/a', 'b '],
      ['/', 'ab'],
    ].map(([source, id]) => all({ ...event, source, id: id || 'x' }).delivery);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(all({ ...event, traceparent: '00-1' }).delivery).toBe(
      all({ ...event, traceparent: '00-2' }).delivery,
    );
    expect(all(structuredClone(event)).delivery).toBe(all({ ...event, tracestate: 'a=1' }).delivery);
    const body = fixture('cloudevents/binary');
    expect(all(structuredClone(body), { ...binary }).delivery).toBe(all(body, binary).delivery);
  });

  it('is another one when its id is used again for something else', () => {
    const resolved = { ...event, type: 'a.b.resolved' };
    const others = [resolved, { ...event, data: {} }, { ...event, subject: 'x' }, event];
    expect(new Set(others.map((other) => all(other).delivery)).size).toBe(others.length);
    expect(all({ foo: 1 }, binary).delivery).not.toBe(all({ foo: 2 }, binary).delivery);
  });

  it('of a batch is named by all its events; of what has no id it has no name', () => {
    const { delivery } = translated('cloudevents', 'batch');
    expect(delivery).toMatch(/^[0-9a-f]{64}$/);
    expect(all([event]).delivery).not.toBe(delivery);
    expect(all({ ...event, id: undefined }).delivery).toBeUndefined();
    expect(all([event, { title: 'no event' }])).not.toHaveProperty('delivery');
  });

  it('[F13] among others that is no event is kept and marked; an empty batch says nothing', () => {
    const { signals } = all([event, { title: 'no event' }, null]);
    expect(signals.map(({ flags }) => flags.includes('generic'))).toEqual([false, true, true]);
    expect(all([])).toEqual({ signals: [] });
    expect(one([{ title: 'x' }])?.flags).toContain('generic');
  });

  it('[F11] of more than 2,000 events is refused', () => {
    const many = Array(2_001).fill(event);
    const receipt = { receipt: 'req-1', receivedAt, integration };
    expect(sources.cloudevents.translate(many, receipt)).toMatchObject({ refused: { code: 'too_large' } });
  });
});
