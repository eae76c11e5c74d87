import { describe, expect, it } from 'vitest';
import { type Receipt, sources, type Translated } from '../../../../shared/alerts/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, type Row, translated } from '../../../support/source-rows.ts';

const key = ['incident', 'Q1RIVER8X'];
const title = 'Carts: writes are refused';
const row = (state: string, at: string, severity = 'P2_HIGH'): Row => [
  ...([state, key, title, severity, 'carts api', `2026-11-20T08:${at}Z`] as const),
];

describeBodies('pagerduty', {
  rows: {
    triggered: [row('firing', '12:30.000')],
    'triggered-without-priority': [row('firing', '12:31.402', 'P4_LOW')],
    acknowledged: [row('acknowledged', '15:02.100')],
    unacknowledged: [row('firing', '45:02.733')],
    resolved: [row('resolved', '20:11.090')],
    reopened: [row('firing', '33:40.512')],
    'priority-updated': [row('firing', '12:30.000', 'P1_CRITICAL')],
    'priority-updated-while-acknowledged': [
      row('firing', '12:30.000', 'P1_CRITICAL'),
      row('acknowledged', '16:20.000', 'P1_CRITICAL'),
    ],
    'priority-updated-after-reopening': [row('firing', '33:40.000')],
    annotated: [],
    'status-update': [],
    'responder-added': [],
    'odd-role-assigned': [],
    ping: [],
    'service-updated': [],
  },
  apart: ['odd-incident-without-id'],
});

const receipt: Receipt = { receipt: 'req-1', receivedAt, integration };

function accepted(body: unknown, own: Receipt = receipt): Translated {
  const translation = sources.pagerduty.translate(body, own);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation;
}

/** An event about a whole incident. */
const about = (event_type: string, more: object = {}) => ({
  event: {
    ...{ event_type, occurred_at: '2026-11-20T08:50:00Z' },
    data: { id: 'Q1', type: 'incident', title: 'T', status: 'triggered', ...more },
  },
});

const said = (body: unknown): readonly string[] => (accepted(body).remarks ?? []).map(({ text }) => text);

describe('an incident', () => {
  it('is one alert from its trigger to its end, whatever its incident_key is', () => {
    const names = ['triggered', 'acknowledged', 'resolved', 'reopened'];
    const all = names.map((name) => translated('pagerduty', name).signals[0]?.fingerprint);
    expect(new Set(all).size).toBe(1);
    const other = accepted(about('incident.triggered', { incident_key: 'x' })).signals[0];
    expect(accepted(about('incident.resolved', { incident_key: 'y' })).signals[0]?.fingerprint).toBe(
      other?.fingerprint,
    );
  });

  it('has its number, policy, teams and urgency as labels, and links to itself and its conference', () => {
    expect(translated('pagerduty', 'priority-updated').signals[0]).toMatchObject({
      labels: {
        ...{
          number: '41',
          priority: 'SEV-1',
          urgency: 'high',
          escalation_policy: 'First line',
          teams: 'Shop',
        },
        ...{ incident_type: 'incident_default', incident_key: '9c1e77f0a4b24b3f8a1b5f0e2d9c6a51' },
      },
      links: [
        { href: 'https://brook.pagerduty.com/incidents/Q1RIVER8X', text: 'PagerDuty' },
        { href: 'https://meet.example/carts', text: 'Conference' },
      ],
    });
  });

  it('is as severe as the name of its priority says, else as its urgency', () => {
    const of = (summary: unknown, urgency: unknown) =>
      accepted(about('incident.triggered', { priority: summary === null ? null : { summary }, urgency }))
        .signals[0]?.severity;
    expect([of('P1', 'low'), of('SEV-3', 'high'), of('Urgent', 'low')]).toEqual([
      ...['P1_CRITICAL', 'P3_MEDIUM', 'P2_HIGH'],
    ]);
    expect([of('Purple', 'high'), of('Purple', 'low'), of(null, 'high'), of(null, 'odd')]).toEqual([
      ...['P2_HIGH', 'P4_LOW', 'P2_HIGH', undefined],
    ]);
  });

  it('[F13] keeps its status where the type of the event is not known, and tells of the event in words', () => {
    const news = accepted(about('incident.painted_blue', { status: 'resolved' }));
    expect(news.signals.map(({ state }) => state)).toEqual(['resolved']);
    expect(news.remarks).toMatchObject([{ text: 'Painted blue' }]);
    expect(accepted(about('incident.painted_blue', { status: 'odd' })).signals[0]?.state).toBe('firing');
  });
});

describe('what is said about an incident', () => {
  it('is a note in the words of its author, under the incident that it belongs to', () => {
    const { remarks, signals } = translated('pagerduty', 'annotated');
    expect(signals).toEqual([]);
    expect(remarks).toEqual([
      {
        fingerprint: translated('pagerduty', 'triggered').signals[0]?.fingerprint,
        at: Date.UTC(2026, 10, 20, 8, 18, 59, 674),
        by: 'Mira Holt',
        text: 'The replica of carts-db is full;\nclearing old sessions now.',
      },
    ]);
  });

  it.each([
    ['status-update', 'Status update: A fix is being tested …'],
    ['responder-added', 'Asked to respond: Juno Park. Please look at the replica'],
    ['odd-role-assigned', 'Roles: Mira Holt is Incident Commander'],
    ['priority-updated', 'Priority set to SEV-1'],
    ['priority-updated-after-reopening', 'Priority removed'],
  ])('%s is told in a sentence', (name, text) => {
    expect(said(fixture(`pagerduty/${name}`))).toEqual([text]);
  });

  it('by any other event is told in the words of its type', () => {
    const people = [{ summary: 'Mira' }, { summary: 'Juno' }];
    const incident = { id: 'Q1' };
    expect(said(about('incident.reassigned', { assignees: people }))).toEqual(['Assigned to Mira, Juno']);
    expect(said(about('incident.reassigned', { assignees: 'odd' }))).toEqual(['Reassigned']);
    expect(said(about('incident.delegated', { escalation_policy: { summary: 'Night' } }))).toEqual([
      'Delegated to Night',
    ]);
    expect(said(about('incident.task.created', { type: 'incident_task', incident, title: 'Call' }))).toEqual([
      'Task created: Call',
    ]);
    const replied = { type: 'incident_responder', incident, user: { summary: 'Juno' }, state: 'joined' };
    expect(said(about('incident.responder.replied', replied))).toEqual(['Answered (joined): Juno']);
    const fields = [{ display_name: 'Customers', value: 12 }, { name: 'region', value: null }, 7];
    const updated = { type: 'incident_field_values', incident, custom_fields: fields };
    expect(said(about('incident.custom_field_values.updated', updated))).toEqual([
      'Fields updated: Customers = 12, region = nothing',
    ]);
  });

  it('is nothing where the state of the incident says it all', () => {
    for (const name of ['triggered', 'acknowledged', 'unacknowledged', 'resolved', 'reopened'])
      expect(translated('pagerduty', name).remarks).toBeUndefined();
  });
});

describe('a delivery', () => {
  it('is named by its event, which is signed, else by the header', () => {
    const headers = { 'x-webhook-id': 'wh-9' };
    expect(accepted(fixture('pagerduty/annotated'), { ...receipt, headers }).delivery).toBe(
      '01HXINCIDENTANNOTATED',
    );
    expect(accepted(about('incident.triggered'), { ...receipt, headers }).delivery).toBe('wh-9');
    expect(accepted(about('incident.triggered')).delivery).toBeUndefined();
  });

  it.each(['ping', 'service-updated'])('that is no incident (%s) is ignored, and told so', (name) => {
    expect(translated('pagerduty', name)).toMatchObject({
      signals: [],
      ignored: expect.stringContaining('is about no incident'),
    });
  });

  it('[F13] that names no incident, or is no event, is kept as a generic alert', () => {
    for (const body of [
      ...[fixture('pagerduty/odd-incident-without-id'), { event: {} }, { messages: [] }, 'text', null],
    ])
      expect(accepted(body).signals[0]?.flags).toContain('generic');
  });
});

describe('an incident that is given back', () => {
  it('takes its acknowledgement back, as no other event does', () => {
    const marks = (name: string) => translated('pagerduty', name).signals.map((one) => one.unacknowledged);
    expect(marks('unacknowledged')).toEqual([true]);
    for (const other of ['triggered', 'acknowledged', 'reopened']) expect(marks(other)).toEqual([undefined]);
  });

  it('says who acknowledged it, and of nothing else who did', () => {
    const by = (name: string) => translated('pagerduty', name).signals.map((one) => one.by);
    expect(by('acknowledged')).toEqual(['Mira Holt']);
    for (const other of ['unacknowledged', 'resolved']) expect(by(other)).toEqual([undefined]);
  });
});
