import { describe, expect, it } from 'vitest';
import { type Receipt, sources, type Translated } from '../../../../shared/alerts/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, type Row, received, translated } from '../../../support/source-rows.ts';

/** Sentry's time of sending, in seconds. */
const sentAt = '2026-11-20T08:55:01.000Z';
const stamp = String(Date.parse(sentAt) / 1_000);
const hook = (resource: string) => ({
  'sentry-hook-resource': resource,
  'sentry-hook-timestamp': stamp,
  'request-id': 'del-1',
});

const issue = ['issue', '5102877316'];
const ofIssue = (state: string, at: string, title = 'RangeError: total is negative'): Row => [
  ...([state, issue, title, 'P2_HIGH', 'web-shop', at] as const),
];
const ofMetric = (state: string, title: string, severity: string | undefined, at: string): Row => [
  ...([state, ['metric', '904'], title, severity, 'refunds', at] as const),
];
const began = '2026-11-20T08:10:37.391Z';

describeBodies('sentry', {
  rows: {
    'event-alert': [ofIssue('firing', began)],
    'metric-critical': [
      ofMetric('firing', 'Critical: Too many refunds', 'P1_CRITICAL', '2026-11-20T08:25:00.000Z'),
    ],
    'metric-warning': [
      [
        ...(['firing', ['metric', '904'], 'Warning: Too many refunds', 'P3_MEDIUM', undefined] as const),
        '2026-11-20T08:25:00.000Z',
      ],
    ],
    'metric-resolved': [ofMetric('resolved', 'Too many refunds', undefined, '2026-11-20T08:41:00.000Z')],
    'metric-resolved-without-end': [ofMetric('resolved', 'Too many refunds', undefined, sentAt)],
    'issue-created': [ofIssue('firing', began)],
    'issue-resolved': [ofIssue('resolved', sentAt)],
    'issue-unresolved': [ofIssue('firing', sentAt)],
    'issue-archived': [ofIssue('resolved', sentAt)],
    'issue-assigned': [],
    comment: [],
    installation: [],
    'legacy-plugin': [
      [
        ...(['firing', issue, 'Loading the cart took too long: 504', 'P3_MEDIUM', 'web-shop'] as const),
        '2026-11-20T08:11:25.873Z',
      ],
    ],
  },
  headers: {
    'event-alert': hook('event_alert'),
    'metric-critical': hook('metric_alert'),
    'metric-warning': hook('metric_alert'),
    'metric-resolved': hook('metric_alert'),
    'metric-resolved-without-end': hook('metric_alert'),
    'issue-created': hook('issue'),
    'issue-resolved': hook('issue'),
    'issue-unresolved': hook('issue'),
    'issue-archived': hook('issue'),
    'issue-assigned': hook('issue'),
    comment: hook('comment'),
    installation: hook('installation'),
  },
  apart: ['odd-issue-alert-without-issue'],
});

function accepted(body: unknown, headers: Receipt['headers'] = {}): Translated {
  const own = { receipt: 'req-1', receivedAt, integration, headers };
  const translation = sources.sentry.translate(body, own);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation;
}

describe('an alert of Sentry', () => {
  it('is one with its issue, whether an event, the issue or the older plugin tells of it', () => {
    const names = ['event-alert', 'issue-created', 'issue-resolved', 'legacy-plugin'];
    expect(new Set(names.map((name) => translated('sentry', name).signals[0]?.fingerprint)).size).toBe(1);
  });

  it('says where it happened, by which rule it is told, and its tags without secrets and users', () => {
    const told = translated('sentry', 'event-alert', hook('event_alert'));
    expect(told).toMatchObject({
      signals: [
        {
          description: 'In pay(total)\nRule: Payments must work',
          labels: { browser: 'Firefox 144', handled: 'no', rule: 'Payments must work', project: '17' },
          links: [{ text: 'Sentry', href: expect.stringContaining('/issues/5102877316/events/') }],
        },
      ],
    });
    expect(JSON.stringify(told)).not.toContain('canary');
  });

  it('by a metric has the lines that Sentry writes as a backslash and an n, and no project where it has two', () => {
    const [critical] = translated('sentry', 'metric-critical').signals;
    expect(critical?.description).toBe('900 events in the last 10 minutes\nFilter: level:error');
    expect(translated('sentry', 'metric-warning').signals[0]?.service).toBeUndefined();
  });

  it('has the level of its event as severity', () => {
    const of = (level: string) =>
      accepted({
        action: 'triggered',
        data: { triggered_rule: 'R', event: { issue_id: 1, title: 'T', level } },
      }).signals[0]?.severity;
    expect(['fatal', 'error', 'warning', 'info', 'debug', 'sample'].map(of)).toEqual([
      ...['P1_CRITICAL', 'P2_HIGH', 'P3_MEDIUM', 'P5_INFO', 'P5_INFO', undefined],
    ]);
  });

  it('by the older plugin shows the first line of its message, and all of it below', () => {
    const message = 'Cannot sort\n  at sort.js:4';
    const [signal] = accepted({ id: 9, project_slug: 'p', message, event: { timestamp: 1 } }).signals;
    expect(signal).toMatchObject({ title: 'Cannot sort', description: message, flags: ['clock'] });
  });
});

describe('an issue', () => {
  it('without the header of the time of sending is over when that is received', () => {
    const [signal] = translated('sentry', 'issue-resolved').signals;
    expect([new Date(signal?.at ?? 0).toISOString(), signal?.flags]).toEqual([received, ['clock']]);
  });

  it('that is archived is over, with a remark that says it is only silenced; when it comes back it fires later', () => {
    const { signals, remarks } = translated('sentry', 'issue-archived', hook('issue'));
    expect(signals[0]?.state).toBe('resolved');
    expect(remarks).toMatchObject([
      {
        by: 'Lea Brandt',
        text: 'Archived until it escalates: silenced, which is not to say that it is fixed',
      },
    ]);
    const later = { ...hook('issue'), 'sentry-hook-timestamp': String(Number(stamp) + 60) };
    const [back] = translated('sentry', 'issue-unresolved', later).signals;
    expect(back?.at).toBeGreaterThan(signals[0]?.at ?? Number.NaN);
    expect(accepted({ action: 'ignored', data: { issue: { id: 1 } } }).remarks?.[0]?.text).toMatch(
      /^Archived:/,
    );
  });

  it('that is assigned or commented on is told in a remark by whoever did it', () => {
    const assigned = translated('sentry', 'issue-assigned', hook('issue'));
    expect(assigned).toMatchObject({
      signals: [],
      remarks: [{ by: 'Tom Reed', text: 'Assigned to Lea Brandt', at: Date.parse(sentAt) }],
    });
    const comment = translated('sentry', 'comment', hook('comment'));
    expect(comment.remarks).toEqual([
      {
        fingerprint: translated('sentry', 'issue-created').signals[0]?.fingerprint,
        at: Date.UTC(2026, 10, 20, 8, 15),
        by: 'Lea Brandt',
        text: 'Same as last week, the voucher again',
      },
    ]);
    const deleted = { action: 'deleted', data: { issue_id: 1, comment: 'x' } };
    expect(accepted(deleted, hook('comment'))).toMatchObject({ signals: [], ignored: expect.any(String) });
  });

  it('[F13] with an action that is not known is told in a remark', () => {
    expect(accepted({ action: 'painted', data: { issue: { id: 1 } } })).toMatchObject({
      signals: [],
      remarks: [{ text: 'Issue painted' }],
    });
  });
});

describe('a recorded body that is sent again', () => {
  const again = {
    ...hook('issue'),
    'request-id': 'del-2',
    'sentry-hook-timestamp': String(Number(stamp) + 90),
  };

  it('with other headers is the same delivery, and another body under the same name is not', () => {
    for (const [name, resource] of [
      ['issue-unresolved', 'issue'],
      ['issue-resolved', 'issue'],
      ['event-alert', 'event_alert'],
      ['metric-critical', 'metric_alert'],
    ] as const) {
      const first = translated('sentry', name, hook(resource)).delivery;
      expect(first).toMatch(/^[0-9a-f]{64}$/);
      expect(translated('sentry', name, { ...again, 'sentry-hook-resource': resource }).delivery).toBe(first);
      expect(translated('sentry', name).delivery).toBe(first);
    }
    const names = ['issue-unresolved', 'issue-resolved', 'issue-archived', 'event-alert'];
    expect(new Set(names.map((name) => translated('sentry', name).delivery)).size).toBe(names.length);
    expect(translated('sentry', 'issue-assigned', again).delivery).toBe('del-2');
  });

  it('after the memory of deliveries is of three days after it was seen at the latest, its end a second later', () => {
    const seen = Date.UTC(2026, 10, 20, 8, 30, 2);
    const month = receivedAt + 30 * 86_400_000;
    const of = (name: string, stamped: string | undefined, now = month) => {
      const headers = {
        'sentry-hook-resource': 'issue',
        ...(stamped !== undefined && { 'sentry-hook-timestamp': stamped }),
      };
      const own = { receipt: 'r', receivedAt: now, integration, headers };
      const translation = sources.sentry.translate(fixture(`sentry/${name}`), own);
      return 'signals' in translation ? translation.signals[0]?.at : undefined;
    };
    const latest = seen + 3 * 86_400_000;
    for (const stamped of [String(month / 1_000), undefined, '1', String(month), '99999999999', 'soon']) {
      expect(of('issue-unresolved', stamped)).toBe(latest);
      expect(of('issue-resolved', stamped)).toBe(latest + 1_000);
    }
    expect(of('issue-unresolved', String(seen / 1_000 + 86_400))).toBe(seen + 86_400_000);
    expect(of('issue-unresolved', undefined, receivedAt)).toBe(receivedAt);
  });
});

describe('a resource', () => {
  it('that is no alert is ignored, and told so', () => {
    for (const resource of ['installation', 'error', 'seer', 'constructor'])
      expect(accepted(fixture('sentry/installation'), hook(resource))).toMatchObject({
        signals: [],
        ignored: expect.stringContaining(`'${resource}'`),
        delivery: 'del-1',
      });
    expect(JSON.stringify(translated('sentry', 'installation', hook('installation')))).not.toContain(
      'canary',
    );
  });

  it('[F13] whose body has another form is kept as a generic alert', () => {
    for (const [body, headers] of [
      [fixture('sentry/odd-issue-alert-without-issue'), hook('event_alert')],
      [fixture('sentry/odd-issue-alert-without-issue'), {}],
      [{ action: 'created', data: {} }, hook('issue')],
      [{ action: 'created', data: {} }, hook('comment')],
      [{ action: 'critical', data: {} }, hook('metric_alert')],
      [{ hello: 'world' }, {}],
      ['text', {}],
    ] as const)
      expect(accepted(body, headers).signals[0]?.flags).toContain('generic');
  });
});
