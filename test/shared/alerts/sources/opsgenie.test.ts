import { describe, expect, it } from 'vitest';
import { parseBody } from '../../../../functions/alerts/parse-body.ts';
import { type Signal, sources, type Translated } from '../../../../shared/alerts/index.ts';
import { fixture, fixtureText, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, type Row, translated } from '../../../support/source-rows.ts';

const id = '7d1f0b52-3c4e-4a90-8f11-6b2a9d10c7e4';
const row = (
  state: string,
  at: string,
  {
    title = 'Queue of letters grows',
    severity,
    service = 'letters',
  }: Partial<Record<'title' | 'severity' | 'service', string | undefined>> = {},
): Row => [state, ['alertId', id], title, severity, service || undefined, `2026-11-20T08:${at}Z`];

it('says who acknowledged an alert', () => {
  expect(translated('opsgenie', 'acknowledge').signals[0]?.by).toBe('noor@post.example');
  expect(translated('opsgenie', 'close').signals[0]?.by).toBeUndefined();
});

describeBodies('opsgenie', {
  rows: {
    create: [row('firing', '02:31.104', { severity: 'P3_MEDIUM' })],
    'create-with-details': [
      row('firing', '02:31.104', {
        ...{ title: 'Letters are late', severity: 'P1_CRITICAL', service: 'letter sorting' },
      }),
    ],
    'odd-create-bare': [row('firing', '02:31.104', { service: '' })],
    acknowledge: [row('acknowledged', '04:24.764', { service: '' })],
    unacknowledge: [row('firing', '34:24.764')],
    close: [row('resolved', '40:14.669')],
    delete: [row('resolved', '41:00.000')],
    'update-priority': [row('firing', '02:31.104', { severity: 'P1_CRITICAL' })],
    'add-note': [],
    'assign-ownership': [],
    'custom-action': [],
  },
  apart: ['odd-no-alert'],
});

describe('an alert that is given back', () => {
  it('takes its acknowledgement back, as nothing else does', () => {
    const marks = (name: string) => translated('opsgenie', name).signals.map((one) => one.unacknowledged);
    expect(marks('unacknowledge')).toEqual([true]);
    for (const other of ['create', 'acknowledge', 'update-priority', 'close'])
      expect(marks(other)).toEqual([undefined]);
  });
});

function accepted(body: unknown): Translated {
  const translation = sources.opsgenie.translate(body, { receipt: 'req-1', receivedAt, integration });
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation;
}

const act = (action: string, alert: object = {}) =>
  accepted({ action, alert: { alertId: 'a', message: 'M', username: 'noor', ...alert } });

const one = (body: unknown): Signal | undefined => accepted(body).signals[0];

describe('an alert', () => {
  it('is known by its id, since its alias is used again after it is closed; without one by the alias', () => {
    const of = (alert: object) => one({ action: 'Create', alert })?.fingerprint;
    expect(of({ alertId: 'a', alias: 'x' })).toBe(of({ alertId: 'a', alias: 'y' }));
    expect(of({ alertId: 'a', alias: 'x' })).not.toBe(of({ alertId: 'b', alias: 'x' }));
    expect(of({ alias: 'x' })).toBe(of({ alias: 'x', message: 'other' }));
  });

  it('has its details, tags and names as labels, without what is secret', () => {
    expect(translated('opsgenie', 'create-with-details').signals[0]).toMatchObject({
      description: 'Nothing was sorted for ten minutes',
      labels: {
        ...{ service: 'Letter Sorting', region: 'north', alias: 'letters-queue', tinyId: '118' },
        ...{ source: 'nagios-2', entity: 'Letters', tags: 'post, night' },
      },
    });
    expect(JSON.stringify(translated('opsgenie', 'create-with-details'))).not.toContain('canary');
  });

  it('is as severe as its priority, a number or a word; without one the rules decide', () => {
    const of = (priority: unknown) => act('Create', { priority }).signals[0]?.severity;
    expect([1, 'P2', '3', 'P4', 5, undefined, 'odd'].map(of)).toEqual([
      ...['P1_CRITICAL', 'P2_HIGH', 'P3_MEDIUM', 'P4_LOW', 'P5_INFO', undefined, undefined],
    ]);
  });

  it('has the same times whether its nanoseconds came as a number or as a text', async () => {
    for (const name of ['opsgenie/close', 'opsgenie/acknowledge']) {
      const exact = await parseBody(fixtureText(name));
      expect(JSON.stringify(exact)).toMatch(/"updatedAt":"\d{19}"/);
      expect(accepted(exact)).toEqual(accepted(fixture(name)));
    }
  });

  it('that is given a worse priority is told as firing since it was made, and why', () => {
    expect(translated('opsgenie', 'update-priority').remarks).toMatchObject([{ text: 'Priority set to P1' }]);
    expect(act('UpdatePriority', { priority: 2 }).remarks).toMatchObject([{ text: 'Priority set to P2' }]);
  });
});

describe('what is said about an alert', () => {
  it('is a note in the words of its author', () => {
    const { signals, remarks } = translated('opsgenie', 'add-note');
    expect(signals).toEqual([]);
    expect(remarks).toEqual([
      {
        fingerprint: translated('opsgenie', 'create').signals[0]?.fingerprint,
        at: Date.UTC(2026, 10, 20, 8, 5, 15, 2),
        by: 'noor@post.example',
        text: 'The sorter was restarted, waiting for the queue',
      },
    ]);
  });

  it.each([
    ['AssignOwnership', { owner: 'ben' }, 'Assigned to ben'],
    ['AssignOwnership', {}, 'Action: Assign ownership'],
    ['TakeOwnership', {}, 'Taken by noor'],
    ['AddTags', { tags: ['a', 'b'] }, 'Tags added: a, b'],
    ['AddTeam', { team: { name: 'Post' } }, 'Team added: Post'],
    ['EscalateNext', {}, 'Escalated to the next level'],
    ['Escalate', { escalationNotify: { name: 'ben', type: 'user' } }, 'Escalated to ben'],
    ['UpdateMessage', { message: ' New ' }, 'Message changed to New'],
    ['Snooze', { snoozeEndDate: '2026-11-20T09:30:00Z' }, 'Snoozed until 2026-11-20T09:30:00Z'],
    ['SnoozeEnded', { note: 'enough' }, 'Snooze ended: enough'],
    ['RemoveDetails', {}, 'Action: Remove details'],
    ['Restart Sorter', {}, 'Action: Restart Sorter'],
    ['constructor', {}, 'Action: constructor'],
    ['AddNote', {}, 'Added a note without words'],
  ])('by %s is told in a sentence, and changes no state', (action, alert, text) => {
    expect(act(action, alert)).toMatchObject({ signals: [], remarks: [{ text, by: 'noor' }] });
  });

  it('beside its end is told too', () => {
    expect(act('Close', { note: 'It was the belt' })).toMatchObject({
      signals: [{ state: 'resolved' }],
      remarks: [{ text: 'It was the belt' }],
    });
    expect(act('Close').remarks).toBeUndefined();
  });
});

it('[F13] a body without an alert, an id or an action is kept as a generic alert', () => {
  for (const body of [
    ...[fixture('opsgenie/odd-no-alert'), { action: 'Create', alert: {} }, { alert: { alertId: 'a' } }, []],
  ])
    for (const { flags } of accepted(body).signals) expect(flags).toContain('generic');
  expect(accepted(fixture('opsgenie/odd-no-alert')).signals).toHaveLength(1);
});
