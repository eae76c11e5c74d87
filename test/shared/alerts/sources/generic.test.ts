import { describe, expect, it } from 'vitest';
import { type Signal, sources } from '../../../../shared/alerts/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received } from '../../../support/source-rows.ts';

describeBodies('generic', {
  rows: {
    full: [
      [
        'firing',
        ['key', 'checkout-latency'],
        'Checkout answers slowly',
        'P2_HIGH',
        'checkout',
        '2026-11-20T08:50:00.000Z',
      ],
    ],
    resolved: [
      ['resolved', ['key', 'checkout-latency'], undefined, undefined, undefined, '2026-11-20T08:55:00.000Z'],
    ],
    'message-only': [
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
    oncall: [
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
    cloudevent: [
      [
        'firing',
        ['key', 'checkout-err'],
        'Checkout error rate 12 %',
        'P1_CRITICAL',
        'checkout-api',
        '2026-11-20T08:31:00.000Z',
      ],
    ],
    list: [
      ['firing', ['key', '1'], 'One', undefined, undefined, received, 'clock'],
      ['resolved', ['key', '2'], 'Two', undefined, undefined, received, 'clock'],
    ],
    alertmanager: [
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
  apart: ['odd-unknown'],
});

const receipt = { receipt: 'req-1', receivedAt, integration };

function all(body: unknown): readonly Signal[] {
  const translation = sources.generic.translate(body, receipt);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation.signals;
}

function one(body: unknown): Signal {
  const [signal] = all(body);
  if (signal === undefined) throw new Error('a body gives one signal');
  return signal;
}

describe('a generic body', () => {
  it('keeps what it says, and fields without a meaning as labels', () => {
    expect(one(fixture('generic/full'))).toMatchObject({
      description: 'p99 is 4.2 s',
      labels: { region: 'eu-1', p99: '4.2', host: 'web-7' },
      links: [{ href: 'https://graphs.example/checkout', text: 'Source' }],
      flags: [],
    });
  });

  it('has its annotations as links, and says that it is over in whichever of the usual ways', () => {
    const annotations = {
      runbook: 'https://wiki.example/r',
      dashboard: 'https://graphs.example/d',
      note: 'x',
    };
    const firing = one({ id: 'a', title: 'Errors', resolved: false, annotations });
    expect(firing).toMatchObject({
      state: 'firing',
      labels: {},
      links: [
        { href: 'https://wiki.example/r', text: 'Runbook' },
        { href: 'https://graphs.example/d', text: 'Dashboard' },
      ],
    });
    expect(one({ id: 'a', title: 'Errors', resolved: true })).toMatchObject({
      ...{ state: 'resolved', fingerprint: firing.fingerprint },
    });
    expect(one({ id: 'a', title: 'Errors', status: 'firing', resolved: true }).state).toBe('firing');
  });

  it('of one message has its first line as title and all of it as description', () => {
    expect(one(fixture('generic/message-only'))).toMatchObject({
      title: 'The nightly backup did not start',
      description: 'The nightly backup did not start\nHost: vault-2',
    });
  });

  it('of one long line has its beginning as title and all of it as description', () => {
    const message = 'long '.repeat(100).trim();
    expect(one({ message }).title?.length).toBeLessThanOrEqual(250);
    expect(one({ message }).description).toBe(message);
  });

  it('without a key is the same alert whenever title, service and labels are the same, also when it ends', () => {
    const firing = one({ title: 'Disk full', labels: { host: 'a' }, timestamp: '2026-11-20T08:00:00Z' });
    const over = one({ title: ' disk  FULL ', labels: { host: 'a' }, status: 'ok', note: 'freed' });
    expect(over).toMatchObject({ state: 'resolved', fingerprint: firing.fingerprint });
    expect(one({ title: 'Disk full', labels: { host: 'b' } }).fingerprint).not.toBe(firing.fingerprint);
  });

  it('a key and a title of the same text are two alerts', () => {
    expect(one({ key: 'x' }).fingerprint).not.toBe(one({ title: 'x' }).fingerprint);
  });

  it('[F13] that nobody understands is kept in outline and marked', () => {
    expect(one(fixture('generic/odd-unknown'))).toMatchObject({
      state: 'firing',
      title: 'Message of unknown form',
      description: 'Nothing in this message was recognised. It begins:\nfoo: (bar: (1, 2, 3)), baz: 17',
      labels: { baz: '17' },
      flags: ['generic', 'clock'],
    });
    expect(one('disk full').title).toBe('disk full');
    for (const body of [{}, null, '', 0, true]) expect(one(body).flags).toContain('generic');
    expect(one({}).description).toBe('The message was empty.');
    expect(one({ foo: { a: 1, b: 2 } }).fingerprint).toBe(one({ foo: { b: 2, a: 1 } }).fingerprint);
    expect(one({ foo: 1 }).fingerprint).not.toBe(one({ foo: '1' }).fingerprint);
  });

  it('[F13] that nobody understands shows its first 300 characters, never half of one', () => {
    const [, shown] = one({ log: '🔥'.repeat(400) }).description?.split('\n') ?? [];
    expect(one({ key: 'k', log: '🔥'.repeat(400) }).description).toMatch(/^log: (🔥)+…$/u);
    expect(shown).toMatch(/^log: (🔥)+…$/u);
    expect(shown?.length).toBeGreaterThan(295);
    expect(shown?.length).toBeLessThanOrEqual(300);
  });

  it('that names an alert by nothing but a key shows what else it holds', () => {
    expect(one({ alert_uid: 'x-1', foo: { bar: 1 } })).toMatchObject({
      title: 'Alert x-1',
      description: 'alert_uid: x-1, foo: (bar: 1)',
      flags: ['clock'],
    });
  });

  it('of an empty list says nothing; of a list says one thing each', () => {
    expect(all([])).toEqual([]);
    expect(all([{ title: 'a' }, { title: 'b' }])).toHaveLength(2);
    expect(sources.generic.translate(Array(2_001).fill(1), receipt)).toMatchObject({
      refused: { code: 'too_large' },
    });
  });

  it('does not repeat what its name says is a secret', () => {
    const body = { title: 'x', routing_key: 'canary-1', auth: { token: 'canary-2' }, password: 'canary-3' };
    expect(JSON.stringify(one(body))).not.toContain('canary');
    const unknown = one({ routing_key: 'canary-1', foo: { apiToken: 'canary-2', bar: 1 } });
    expect(JSON.stringify(unknown)).not.toContain('canary');
    expect(unknown.description).toMatch(/It begins:\nfoo: \(bar: 1\)$/);
  });
});
