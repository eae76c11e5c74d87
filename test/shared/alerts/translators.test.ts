import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Signal,
  severities,
  signalFlags,
  signalStates,
  sourceNames,
  sources,
  type Translated,
} from '../../../shared/alerts/index.ts';
import { fixture, integration, receivedAt } from '../../support/alert-fixture.ts';
import { leastTimeOf } from '../../support/least-time.ts';

const receipt = { receipt: 'req-1', receivedAt, integration };

const names = fc.constantFrom(
  'alerts',
  'status',
  'labels',
  'annotations',
  'alertname',
  'severity',
  'service',
  'startsAt',
  'endsAt',
  'fingerprint',
  'generatorURL',
  'externalURL',
  'commonLabels',
  'event_action',
  'dedup_key',
  'payload',
  'summary',
  'custom_details',
  'firing',
  'links',
  'href',
  'client_url',
  'title',
  'message',
  'key',
  'state',
  'timestamp',
  'data',
  'specversion',
  'url',
  'alias',
  'priority',
  'tags',
  'details',
  'note',
  'entity',
  'identifier',
  'type',
  'opsgenie_action',
  'opsgenie_create',
  'change_event',
  'generic_event',
  ...[
    'Type',
    'MessageId',
    'TopicArn',
    'Message',
    'Subject',
    'AlarmName',
    'NewStateValue',
    'Trigger',
    'Metrics',
  ],
  ...[
    'MetricStat',
    'Metric',
    'Dimensions',
    'AlarmTags',
    'detail-type',
    'source',
    'detail',
    'alarmName',
    'state',
  ],
  ...['configuration', 'metrics', 'metricStat', 'resources', 'status-details', 'stack-id', 'deploymentId'],
  'event_type',
  'incident_key',
  'description',
  'contexts',
  'event',
  'occurred_at',
  'incident',
  'incident_role_assignments',
  'assignees',
  'action',
  'alert',
  'alertId',
  'issue',
  'issue_id',
  'metric_alert',
  'alert_rule',
  'triggered_rule',
  'projects',
  'comment',
  'deployment',
  'deployment_status',
  'workflow_run',
  'release',
  'ref',
  'repository',
  'id',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
);
const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(
    null,
    'firing',
    'resolved',
    'trigger',
    'resolve',
    'critical',
    'close',
    'notes',
    'alias',
    'id',
    'incident.annotated',
    'incident.reassigned',
    'Create',
    'AddNote',
    'created',
    'completed',
    'published',
    'refs/heads/main',
    '\ud800',
    '\u0000',
    'https://a.example/',
    '[P1] [Recovered on {host:a}] x',
    '$NAME',
    'service:a,b',
    '0',
    'eyJhIjpb',
    '2026-11-20T08:00:00Z',
  ),
);
/** JSON made of the words that sources look for, in places where they do and do not expect them. */
const { body } = fc.letrec((tie) => ({
  body: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('body'), { maxLength: 4 }), tie('object')),
  object: fc
    .array(fc.tuple(names, tie('body')), { maxLength: 8 })
    .map((entries) => JSON.parse(JSON.stringify(Object.fromEntries(entries)))),
}));

function check(signal: Signal): void {
  expect(signal.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(signalStates).toContain(signal.state);
  expect(Number.isInteger(signal.at) && signal.at <= receivedAt && signal.at > 0).toBe(true);
  if (signal.state === 'firing') expect(signal.title).toBeTruthy();
  expect(signal.title?.length ?? 0).toBeLessThanOrEqual(250);
  expect(signal.service?.length ?? 1).toBeLessThanOrEqual(100);
  if (signal.severity !== undefined) expect(severities).toContain(signal.severity);
  expect(signalFlags).toEqual(expect.arrayContaining([...signal.flags]));
  for (const { href } of signal.links) expect(href).toMatch(/^https?:/);
  for (const [name, value] of Object.entries(signal.labels)) {
    expect([typeof value, value.isWellFormed(), name.isWellFormed()]).toEqual(['string', true, true]);
  }
  expect(JSON.parse(JSON.stringify(signal))).toEqual(signal);
}

/** Also what is said beside alerts, and what was changed. */
function checkAll({ signals, remarks = [], changes = [], ignored }: Translated): void {
  signals.forEach(check);
  for (const { fingerprint, at, by = 'x', text } of remarks) {
    expect([fingerprint, by, text].map((each) => each !== '' && each.isWellFormed())).toEqual([
      true,
      true,
      true,
    ]);
    expect(at <= receivedAt && text.length <= 1_500 && by.length <= 100).toBe(true);
  }
  for (const { at, title, service = 'x', version = '', by = '', link = 'https://a.example/' } of changes) {
    expect(at <= receivedAt && title !== '' && title.length <= 250 && service !== '').toBe(true);
    expect([version, by].every((text) => text.length <= 100 && text.isWellFormed())).toBe(true);
    expect(link).toMatch(/^https?:/);
  }
  if (ignored !== undefined) expect(ignored.length).toBeLessThan(400);
}

/** Bodies of a megabyte that are deep, wide or one run of combining marks. */
function largeBodies(): readonly unknown[] {
  const deep = JSON.parse(`${'{"labels":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
  const labels = Object.fromEntries(Array.from({ length: 90_000 }, (_, n) => [`l${n}`, 1]));
  const marks = '\u0301\u0316'.repeat(250_000);
  return [
    deep,
    [deep],
    { alerts: [{ labels }] },
    { event_action: 'trigger', payload: { summary: 'x', custom_details: labels } },
    { title: 'x', labels },
    labels,
    { alerts: [{ labels: { alertname: marks } }], title: marks, service: marks, key: marks },
    {
      alerts: Array(2_000).fill({ labels: { a: 'b' } }),
      commonLabels: { alertname: marks, service: marks },
    },
  ];
}

/** Made once for all sources, none of which changes what it reads. */
const bodies = largeBodies();

describe.each(sourceNames)('any JSON at %s', (source) => {
  const translate = (any: unknown) => sources[source].translate(any, receipt);

  it('[F9] [F12] gives sound signals or a refusal in words, and changes no prototype', () => {
    const before = [
      Object.getOwnPropertyNames(Object.prototype),
      Object.getOwnPropertyNames(Array.prototype),
    ];
    fc.assert(
      fc.property(fc.oneof(body, fc.jsonValue()), (any) => {
        const translation = translate(any);
        if ('refused' in translation) expect(translation.refused.errors.length).toBeGreaterThan(0);
        else checkAll(translation);
      }),
      { numRuns: 500 },
    );
    expect([
      Object.getOwnPropertyNames(Object.prototype),
      Object.getOwnPropertyNames(Array.prototype),
    ]).toEqual(before);
  });

  it('says the same twice, and the same identity at any other time', () => {
    fc.assert(
      fc.property(body, (any) => {
        const first = translate(any);
        expect(translate(structuredClone(any))).toEqual(first);
        const later = sources[source].translate(any, { ...receipt, receivedAt: receivedAt + 1e7 });
        if ('refused' in first || 'refused' in later) return;
        expect(later.signals.map(({ fingerprint }) => fingerprint)).toEqual(
          first.signals.map(({ fingerprint }) => fingerprint),
        );
      }),
    );
  });

  it('[F12] the empty and the odd are survived', () => {
    for (const text of [
      '{}',
      '[]',
      'null',
      '""',
      '1e400',
      '-0',
      '9007199254740993',
      '"\\ud800"',
      '"\\u0000"',
      '[[]]',
      '[null]',
    ]) {
      const translation = translate(JSON.parse(text));
      if ('signals' in translation) translation.signals.forEach(check);
    }
  });

  it('[F11] bodies of a megabyte that are deep, wide or one run of combining marks take no more than a second each', () => {
    // Composing the marks once would take minutes; alone on a machine each takes a tenth of this at the most.
    for (const large of bodies) expect(leastTimeOf(() => translate(large), 1_000)).toBeLessThan(1_000);
  });
});

describe('labels', () => {
  it('[F9] named __proto__ or constructor reach no prototype', () => {
    const text =
      '{"alerts":[{"labels":{"__proto__":"x","constructor":"y","alertname":"A"}}],"__proto__":{"polluted":1}}';
    const translation = sources.alertmanager.translate(JSON.parse(text), receipt);
    const [signal] = 'signals' in translation ? translation.signals : [];
    expect(Object.entries(signal?.labels ?? {})).toEqual([
      ['constructor', 'y'],
      ['alertname', 'A'],
    ]);
    expect(signal?.flags).toContain('clipped');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('integrations', () => {
  it('the same body at two integrations is two alerts', () => {
    const other = { ...receipt, integration: `${integration}X` as const };
    const first = sources.generic.translate(fixture('generic/full'), receipt);
    const second = sources.generic.translate(fixture('generic/full'), other);
    if ('refused' in first || 'refused' in second) throw new Error('both are taken');
    expect(second.signals[0]?.fingerprint).not.toBe(first.signals[0]?.fingerprint);
  });
});
