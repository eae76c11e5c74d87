import { describe, expect, it } from 'vitest';
import { type Signal, sources } from '../../../../shared/alerts/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received } from '../../../support/source-rows.ts';

describeBodies('pagerduty-events', {
  rows: {
    trigger: [
      [
        'firing',
        ['dedup_key', 'db-3/replication'],
        'Replication of db-3 is 90 s behind',
        'P1_CRITICAL',
        'orders-db',
        '2026-11-20T08:42:58.315Z',
      ],
    ],
    acknowledge: [
      ['acknowledged', ['dedup_key', 'db-3/replication'], undefined, undefined, undefined, received, 'clock'],
    ],
    resolve: [
      ['resolved', ['dedup_key', 'db-3/replication'], undefined, undefined, undefined, received, 'clock'],
    ],
    'trigger-from-alertmanager': [
      [
        'firing',
        ['dedup_key', '77'.repeat(32)],
        '[FIRING:1] InstanceDown (search)',
        'P3_MEDIUM',
        'search',
        '2026-11-20T08:24:38.326Z',
      ],
    ],
    'resolve-from-alertmanager': [
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
  apart: [
    'odd-short-key',
    'trigger-without-key',
    'change',
    'generic-trigger',
    'generic-resolve-from-alertmanager',
  ],
});

const receipt = { receipt: 'req-1', receivedAt, integration };
const translate = (body: unknown, own = receipt) => sources['pagerduty-events'].translate(body, own);

function accepted(body: unknown, own = receipt): { signal: Signal; dedupKey: string | undefined } {
  const translation = translate(body, own);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  const [signal] = translation.signals;
  if (signal === undefined) throw new Error('an event gives one signal');
  return { signal, dedupKey: translation.dedupKey };
}

function errors(body: unknown): readonly string[] {
  const translation = translate(body);
  return 'refused' in translation ? translation.refused.errors : [];
}

const trigger = {
  event_action: 'trigger',
  dedup_key: 'k',
  payload: { summary: 'S', source: 'x', severity: 'error' },
};

describe('an event', () => {
  it('keeps the flat custom details and the standard fields as labels, and the links', () => {
    const { signal } = accepted(fixture('pagerduty-events/trigger'));
    expect(signal.labels).toEqual({
      source: 'db-3.example.com',
      component: 'Orders-DB',
      group: 'prod-data',
      class: 'replication',
      'lag seconds': '90',
      'behind since': '08:40',
    });
    expect(signal.links).toEqual([
      { href: 'https://graphs.example/d/7', text: 'Graph' },
      { href: 'https://watcher.example/checks/17', text: 'Watcher' },
    ]);
  });

  it('triggered, acknowledged and resolved under one key is one alert', () => {
    const names = ['pagerduty-events/trigger', 'pagerduty-events/acknowledge', 'pagerduty-events/resolve'];
    expect(new Set(names.map((name) => accepted(fixture(name)).signal.fingerprint)).size).toBe(1);
  });

  it('without a key is given one that follows from the receipt, so that a redelivery says the same', () => {
    const body = fixture('pagerduty-events/trigger-without-key');
    const first = accepted(body);
    expect(first.dedupKey).toMatch(/^[0-9a-f]{32}$/);
    expect(accepted(body)).toEqual(first);
    const other = accepted(body, { ...receipt, receipt: 'req-2' });
    expect(other.dedupKey).not.toBe(first.dedupKey);
    expect(other.signal.fingerprint).not.toBe(first.signal.fingerprint);
  });

  it('maps the four severities, and leaves one it does not know to the rules', () => {
    const of = (severity: unknown) =>
      accepted({ ...trigger, payload: { summary: 'S', severity } }).signal.severity;
    expect(['critical', 'error', 'warning', 'info', 'meh', undefined].map(of)).toEqual([
      'P1_CRITICAL',
      'P2_HIGH',
      'P3_MEDIUM',
      'P5_INFO',
      undefined,
      undefined,
    ]);
  });

  it('takes the service from the details, the component or the group, but not from a sender that fills in a default', () => {
    const of = (payload: object) =>
      accepted({ ...trigger, payload: { summary: 'S', ...payload } }).signal.service;
    expect(of({ component: 'mysql', group: 'g', custom_details: { service: 'Shop' } })).toBe('shop');
    expect(of({ component: 'mysql', group: 'g' })).toBe('mysql');
    expect(of({ component: 'Grafana', group: 'default' })).toBeUndefined();
    expect(of({ component: 'Grafana', group: 'prod' })).toBe('prod');
    expect(of({ source: 'web-1.example.com' })).toBeUndefined();
  });

  it('with a summary of 1,024 characters has a shorter title, and the whole below it', () => {
    const summary = 'long '.repeat(205).slice(0, 1_000);
    const { signal } = accepted({ ...trigger, payload: { summary } });
    expect(signal.title?.length).toBeLessThanOrEqual(250);
    expect(signal.description).toBe(summary.trim());
    expect(signal.flags).toContain('clipped');
  });

  it('says what is wrong in the words of its details, or of the alert in them', () => {
    const of = (custom_details: unknown) =>
      accepted({ ...trigger, payload: { summary: 'S', custom_details } }).signal.description;
    expect(of('All of it')).toBe('All of it');
    expect(of({ message: 'Disk of web-1 is full', load: 3 })).toBe('Disk of web-1 is full');
    const annotations = { summary: 'search-4 is down', description: 'No answer for 5 minutes' };
    expect(of({ firing: [{ labels: { alertname: 'Down' }, annotations }] })).toBe(
      'search-4 is down\nNo answer for 5 minutes',
    );
    expect(of({ firing: 'Labels:\n - alertname = Down\n' })).toBe('Labels:\n - alertname = Down');
    expect(of({ load: 3 })).toBeUndefined();
  });

  it('of a group of Alertmanager has the worst severity of its alerts, unless the event says one of its own', () => {
    const alert = (severity?: string) => ({ labels: { alertname: 'A', severity } });
    const of = (severity: unknown, ...said: (string | undefined)[]) =>
      accepted({
        ...trigger,
        payload: { summary: 'S', severity, custom_details: { firing: said.map(alert) } },
      }).signal.severity;
    expect(of('critical', 'warning', 'critical')).toBe('P1_CRITICAL');
    expect(of('info', 'critical')).toBe('P5_INFO');
    expect(of('error', 'warning', 'critical')).toBe('P1_CRITICAL');
    expect(of('error', 'warning', 'info')).toBe('P3_MEDIUM');
    expect(of('error', 'info', undefined)).toBe('P2_HIGH');
    expect(of(undefined, 'info', 'warning')).toBe('P3_MEDIUM');
    expect(of('meh', 'warning')).toBe('P3_MEDIUM');
  });

  it('of a group of Alertmanager is over when the last of its alerts is', () => {
    const ends = ['2026-11-20T08:10:00Z', '2026-11-20T08:31:00.5Z', '0001-01-01T00:00:00Z', '?', undefined];
    const of = (...said: (string | undefined)[]) =>
      accepted({
        event_action: 'resolve',
        dedup_key: 'k',
        payload: { summary: 'S', custom_details: { resolved: said.map((endsAt) => ({ endsAt })) } },
      }).signal;
    expect(of(...ends).at).toBe(Date.UTC(2026, 10, 20, 8, 31, 0, 500));
    expect(of(...ends.toReversed()).at).toBe(Date.UTC(2026, 10, 20, 8, 31, 0, 500));
    expect(of('?').flags).toEqual(['clock']);
  });

  it('does not show what its name says is a secret', () => {
    const custom_details = {
      api_key: 'canary-1',
      apiKey: 'canary-2',
      token: 'canary-3',
      'db-password': 'canary-4',
      monkey: 'ok',
    };
    const { signal } = accepted({
      ...trigger,
      routing_key: 'canary-5',
      payload: { summary: 'S', custom_details },
    });
    expect(JSON.stringify(signal)).not.toContain('canary');
    expect(signal.labels.monkey).toBe('ok');
  });
});

describe('what PagerDuty refuses is refused in its words', () => {
  it('an action that is missing or none of the three', () => {
    expect(errors({ payload: { summary: 'S' } })).toEqual(["'event_action' is missing or blank"]);
    expect(errors({ event_action: 'explode', dedup_key: 'k' })).toEqual([
      "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')",
    ]);
    expect(errors([])).toEqual(["'event_action' is missing or blank"]);
  });

  it('a trigger without a summary, an acknowledge or resolve without a key, a key over 255 characters', () => {
    expect(errors({ event_action: 'trigger' })).toEqual(["'payload.summary' is missing or blank"]);
    expect(errors({ event_action: 'resolve' })).toEqual(["'dedup_key' is missing or blank"]);
    expect(errors({ event_action: 'acknowledge', dedup_key: ' ' })).toEqual([
      "'dedup_key' is missing or blank",
    ]);
    expect(errors({ ...trigger, dedup_key: 'k'.repeat(256) })[0]).toContain('255');
    expect(errors({ ...trigger, dedup_key: 'k'.repeat(255) })).toEqual([]);
  });
});
