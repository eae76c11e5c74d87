import { describe, expect, it } from 'vitest';
import { type Signal, sources } from '../../../../shared/alerts/index.ts';
import { integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received, translated } from '../../../support/source-rows.ts';

const checkout = 'Checkout answers slowly';
const cycle = ['cycle', 'c-48120090-eu'] as const;

describeBodies('datadog', {
  rows: {
    'default-triggered': [
      [
        'firing',
        ['monitor', '48120077'],
        'Orders queue is long',
        undefined,
        undefined,
        '2025-11-20T08:35:04.000Z',
      ],
    ],
    'default-recovered': [
      [
        'resolved',
        ['monitor', '48120077'],
        'Orders queue is long',
        undefined,
        undefined,
        '2025-11-20T08:45:04.000Z',
      ],
    ],
    'default-host-in-title': [
      [
        'firing',
        ['title', 'disk of the vault is nearly full', 'host:vault-3'],
        'Disk of the vault is nearly full',
        ...([undefined, undefined, '2025-11-20T08:39:10.000Z'] as const),
      ],
    ],
    'transition-priority-triggered': [
      [
        'firing',
        ['title', 'search is slow'],
        'Search is slow',
        'P2_HIGH',
        undefined,
        '2025-11-20T08:33:04.000Z',
      ],
    ],
    'transition-priority-recovered': [
      [
        'resolved',
        ['title', 'search is slow'],
        'Search is slow',
        'P2_HIGH',
        undefined,
        '2025-11-20T08:35:04.000Z',
      ],
    ],
    'template-triggered': [
      ['firing', cycle, checkout, 'P1_CRITICAL', 'checkout', '2025-11-20T08:00:00.000Z'],
    ],
    'template-warn': [['firing', cycle, checkout, 'P3_MEDIUM', 'checkout', '2025-11-20T07:50:00.000Z']],
    'template-renotify': [['firing', cycle, checkout, 'P1_CRITICAL', 'checkout', '2025-11-20T08:30:00.000Z']],
    'template-recovered': [
      ['resolved', cycle, checkout, 'P1_CRITICAL', 'checkout', '2025-11-20T08:40:00.000Z'],
    ],
    'custom-cycle-key': [
      ['firing', ['cycle', 'cycle-4813-prod-feed'], 'Feed is late', 'P1_CRITICAL', 'feed', received, 'clock'],
    ],
    'odd-unset-variables': [
      [
        'firing',
        ['title', '[prod] nightly index is built'],
        '[prod] Nightly index is built',
        ...(['P5_INFO', undefined, '2025-11-20T08:23:20.000Z'] as const),
      ],
    ],
    'odd-form': [
      [
        'firing',
        ['title', 'feed is late', 'env:prod', 'service:feed'],
        'Feed is late',
        ...([undefined, undefined, '2025-11-20T08:23:20.000Z'] as const),
      ],
    ],
    'test-notification': [
      [
        'firing',
        ['cycle', 'c-test'],
        `Test: ${checkout}`,
        ...(['P1_CRITICAL', 'checkout', '2025-11-20T08:06:40.000Z', 'test'] as const),
      ],
    ],
  },
});

const receipt = { receipt: 'req-1', receivedAt, integration };

function one(body: unknown): Signal {
  const translation = sources.datadog.translate(body, receipt);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  const [signal] = translation.signals;
  if (signal === undefined) throw new Error('a body gives one signal');
  return signal;
}

describe('a transition of a monitor', () => {
  it.each([
    ['Triggered', 'firing'],
    ['Re-Triggered', 'firing'],
    ['No Data', 'firing'],
    ['Re-No Data', 'firing'],
    ['Warn', 'firing'],
    ['Re-Warn', 'firing'],
    ['Renotify', 'firing'],
    ['Recovered', 'resolved'],
  ])('%s is %s, under whichever name it is sent, and in the title', (transition, state) => {
    expect(one({ title: 'x', alert_transition: transition }).state).toBe(state);
    expect(one({ title: 'x', Transition: transition.toUpperCase() }).state).toBe(state);
    expect(one({ title: 'x', alertTransition: transition }).state).toBe(state);
    expect(one({ title: `[P2] [${transition} on {host:a,env:b}] x` })).toMatchObject({ state, title: 'x' });
  });

  it('that is Null, unset or unknown leaves it to the type of the alert, else it fires', () => {
    for (const alert_transition of ['Null', '', '$ALERT_TRANSITION', 'Sideways']) {
      expect(one({ title: 'x', alert_transition, alert_type: 'success' }).state).toBe('resolved');
      expect(one({ title: 'x', alert_transition, alert_type: 'error' }).state).toBe('firing');
      expect(one({ title: 'x', alert_transition }).state).toBe('firing');
    }
    expect(one({ title: 'x', status: 'OK' }).state).toBe('resolved');
  });

  it('Renotify is the same alert, firing at the time of its own event', () => {
    const [[first], [again], [over]] = ['template-triggered', 'template-renotify', 'template-recovered'].map(
      (name) => translated('datadog', name).signals,
    ) as [readonly Signal[], readonly Signal[], readonly Signal[]];
    expect([again?.fingerprint, over?.fingerprint]).toEqual([first?.fingerprint, first?.fingerprint]);
    expect([first?.state, again?.state]).toEqual(['firing', 'firing']);
    expect(again?.at).toBeGreaterThan(first?.at ?? 0);
    expect(over?.at).toBeGreaterThan(again?.at ?? 0);
  });
});

describe('the severity', () => {
  it.each([
    ['P1', 'P1_CRITICAL'],
    ['p5', 'P5_INFO'],
    ['3', 'P3_MEDIUM'],
    ['normal', undefined],
    ['low', undefined],
    ['', undefined],
  ])('of priority %j is %s: the priority of an event, normal or low, is none', (priority, severity) => {
    expect(one({ title: 'x', priority, alert_transition: 'Triggered' }).severity).toBe(severity);
    expect(one({ title: 'x', alert_priority: priority }).severity).toBe(severity);
  });

  it('of a warning is at most P3, of an error what the monitor or a rule says', () => {
    expect(one({ title: 'x', alert_transition: 'Warn', alert_priority: 'P1' }).severity).toBe('P3_MEDIUM');
    expect(one({ title: 'x', alert_transition: 'Re-Warn', alert_priority: 'P4' }).severity).toBe('P4_LOW');
    expect(one({ title: '[Warn] x' }).severity).toBe('P3_MEDIUM');
    expect(one({ title: 'x', alert_type: 'warning' }).severity).toBe('P3_MEDIUM');
    expect(one({ title: 'x', alert_type: 'warning', alert_transition: 'No Data' }).severity).toBeUndefined();
    expect(one({ title: 'x', alert_type: 'error' }).severity).toBeUndefined();
    expect(one({ title: '[P2] [Triggered] x' }).severity).toBe('P2_HIGH');
    expect(one({ title: 'x', severity: 'critical' }).severity).toBe('P1_CRITICAL');
  });
});

describe('the identity of an alert', () => {
  it('is the cycle, else the aggregate, else the monitor and its scope, else the title', () => {
    const body = { alert_id: '7', alert_scope: 'b:2,a:1', title: '[Triggered] x', id: '900' };
    const same = { ...body, id: '901', title: '[Recovered] x', alert_scope: 'a:1, b:2' };
    expect(one(same).fingerprint).toBe(one(body).fingerprint);
    expect(one({ ...body, alert_scope: 'a:1' }).fingerprint).not.toBe(one(body).fingerprint);
    const aggregate = { ...body, aggreg_key: 'g' };
    expect(one({ ...same, aggreg_key: 'g', alert_id: '8' }).fingerprint).toBe(one(aggregate).fingerprint);
    const whole = { ...aggregate, cycle_key: 'c' };
    expect(one({ title: 'other', cycle_key: 'c' }).fingerprint).toBe(one(whole).fingerprint);
  });

  it('keeps what people put into brackets apart, and what a monitor found it for', () => {
    const titles = ['[prod] x', '[staging] x', 'x', '[Triggered on {host:a}] x', '[Triggered on {host:b}] x'];
    expect(new Set(titles.map((title) => one({ title }).fingerprint)).size).toBe(titles.length);
    expect(one({ title: '[Recovered on {host:a}] x' }).fingerprint).toBe(
      one({ title: '[Triggered on {host:a}] x' }).fingerprint,
    );
  });
});

describe('what an event carries', () => {
  it('its text without the marks of Markdown and its picture, its links, its tags as labels', () => {
    const [signal] = translated('datadog', 'default-triggered').signals;
    expect(signal?.description).toBe('More than 500 orders wait.\nNotify: @webhook-incidents');
    expect(signal?.links.map(({ text, href }) => [text, new URL(href).pathname])).toEqual([
      ['Monitor', '/monitors/48120077'],
      ['Graph', '/snapshot/view/org_771204/7f3a.png'],
    ]);
    expect(translated('datadog', 'template-triggered').signals[0]).toMatchObject({
      description: 'p95 is above 2 seconds',
      labels: {
        env: 'prod',
        service: 'checkout',
        team: 'shop, web',
        monitor: 'true',
        host: 'web-2',
        monitor_id: '48120090',
      },
      links: [{ text: 'Datadog' }],
    });
    expect(one({ title: 'x', tags: ['service:Feed', 7, null] })).toMatchObject({
      service: 'feed',
      labels: { 7: 'true' },
    });
  });

  it('nothing of what a template left unset', () => {
    const [signal] = translated('datadog', 'odd-unset-variables').signals;
    expect(JSON.stringify(signal)).not.toContain('$');
    expect(signal).toMatchObject({ labels: {}, links: [] });
    expect(signal).not.toHaveProperty('description');
  });

  it('[F13] no title and no key: it is kept as any JSON and marked; without a title the first line of its text is it', () => {
    expect(one({ foo: 'bar' }).flags).toContain('generic');
    for (const body of [{}, [{}], null, 'x', 7]) expect(one(body).flags).toContain('generic');
    expect(one({ body: '%%%\nDisk full\nmore\n%%%' })).toMatchObject({
      title: 'Disk full',
      flags: ['clock'],
    });
    expect(one({ alert_id: 12, tags: 7 }).title).toBe('Monitor 12');
    expect(one({ title: '[Triggered]' }).title).toBe('[Triggered]');
  });
});
