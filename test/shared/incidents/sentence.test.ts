import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LoggedFact, viewFact } from '../../../shared/incidents/index.ts';
import { sentenceOf } from '../../../shared/incidents/sentence.ts';
import { type Actor, idOf, system } from '../../../shared/kernel/index.ts';

const at = Date.parse('2026-11-23T10:00:00Z');
const ada: Actor = { kind: 'person', id: 'per_1', name: 'Ada Lovelace' };
const other = idOf('incident', at, 'other');
const nameOf = (person: string) => new Map([['per_1', 'Ada Lovelace']]).get(person);

type Told<F> = F extends { type: infer T; data: infer D } ? { type: T; data: D } : never;

/** What the console says of a fact as the API shows it. */
function told(fact: Told<LoggedFact>, actor: Actor = ada) {
  const common = { id: 'fct_1', org: idOf('organisation', at, 'o'), incidentId: idOf('incident', at, 'i') };
  const logged = { ...common, seq: 1, occurredAt: at, recordedAt: at, actor, ...fact };
  return sentenceOf(viewFact(logged as LoggedFact), nameOf);
}

const entry = { fingerprint: 'f', state: 'firing', title: 'Latency', severity: 'P2_HIGH', at } as const;

describe('what people do', () => {
  test.each<[Told<LoggedFact>, string]>([
    [
      { type: 'incident.acknowledged', data: { generation: 1 } },
      'Ada Lovelace acknowledged. The escalation has stopped.',
    ],
    [
      { type: 'incident.renamed', data: { title: 'Checkout down' } },
      'Ada Lovelace renamed the incident to “Checkout down”.',
    ],
    [
      { type: 'incident.reopened', data: { generation: 2, reason: 'person' } },
      'Ada Lovelace reopened the incident.',
    ],
    [
      { type: 'incident.severity-changed', data: { from: 'P3_MEDIUM', to: 'P1_CRITICAL' } },
      'Ada Lovelace raised the severity from P3 Medium to P1 Critical.',
    ],
    [
      { type: 'incident.severity-changed', data: { from: 'P3_MEDIUM', to: 'P5_INFO' } },
      'Ada Lovelace lowered the severity from P3 Medium to P5 Info.',
    ],
    [
      { type: 'incident.severity-changed', data: { from: 'P2_HIGH', to: 'P2_HIGH', urgency: 'normal' } },
      'What joined pages, unlike what was there: the urgency became normal.',
    ],
    [
      { type: 'incident.mitigated', data: { generation: 1 } },
      'Ada Lovelace marked it as mitigated: the harm has ended.',
    ],
    [{ type: 'incident.deleted', data: {} }, 'Ada Lovelace deleted the incident.'],
  ])('%j', (fact, text) => {
    expect(told(fact)).toEqual({ text });
  });

  test('a note is quoted word by word', () => {
    expect(told({ type: 'incident.noted', data: { text: '<b>rolled back</b>' } })).toEqual({
      text: 'Ada Lovelace wrote a note.',
      quote: '<b>rolled back</b>',
    });
  });

  test('a note from the tool of a source names its author and the source', () => {
    const data = { text: 'Restarted it', by: 'Mira Holt' };
    expect(told({ type: 'incident.noted', data })).toEqual({
      text: 'Mira Holt wrote a note in Ada Lovelace.',
      quote: 'Restarted it',
    });
  });

  test('what was told on the status page is quoted, and for whom', () => {
    const data = { what: 'published', title: 'Slow', state: 'identified', text: 'We found it.' } as const;
    expect(told({ type: 'status.told', data: { ...data, internal: false } })).toEqual({
      text: 'Ada Lovelace told the public on the status page: identified.',
      quote: 'We found it.',
    });
    expect(
      told({ type: 'status.told', data: { ...data, what: 'withdrawn', text: '', internal: true } }),
    ).toEqual({
      text: 'Ada Lovelace withdrew an update of the status page.',
    });
  });

  test('a meeting is named by its product, with the address to join', () => {
    const url = 'https://zoom.us/j/1';
    const data = { provider: 'zoom', url, generation: 1, number: 1 } as const;
    expect(told({ type: 'room.video-started', data })).toEqual({
      text: 'Ada Lovelace started a Zoom meeting.',
      link: url,
    });
  });

  test('a resolution may carry why', () => {
    expect(
      told({ type: 'incident.resolved', data: { generation: 1, reason: 'person', note: 'Rolled back' } }),
    ).toEqual({
      text: 'Ada Lovelace resolved the incident.',
      quote: 'Rolled back',
    });
  });

  test('a merge leads to the other incident', () => {
    expect(told({ type: 'incident.merged', data: { into: other, reason: 'same cause' } })).toEqual({
      text: 'Ada Lovelace merged this into another incident: same cause',
      incident: other,
    });
  });
});

describe('what happens by itself', () => {
  test('an alert opens an incident, by a rule', () => {
    const data = {
      number: 7,
      title: 'Latency',
      severity: 'P2_HIGH',
      correlation: { hash: 'h', rule: 'by service', key: 'service=checkout' },
    } as const;
    expect(told({ type: 'incident.opened', data }, system('detection'))).toEqual({
      text: 'An alert opened the incident as P2 High.',
      lines: ["Rule 'by service': service=checkout"],
    });
  });

  test('all alerts clear, or one fires again', () => {
    expect(
      told({ type: 'incident.resolved', data: { generation: 1, reason: 'alerts-resolved' } })?.text,
    ).toBe('No alert of it fires any more: resolved.');
    expect(told({ type: 'incident.reopened', data: { generation: 2, reason: 'alert-fired' } })?.text).toBe(
      'An alert fired again: reopened.',
    );
  });

  test('a page names each person once, and levels that were passed over', () => {
    const target = { person: 'per_1', channel: 'email' } as const;
    const data = { generation: 1, step: 1, level: 3, targets: [target, target], skipped: [1, 2] };
    expect(told({ type: 'incident.escalated', data }, system('escalation'))).toEqual({
      text: 'Paged level 3: Ada Lovelace.',
      lines: ['Levels 1, 2 were passed over: nobody can be reached there.'],
    });
  });

  test('the last resort and nobody at all are said', () => {
    const page = (targets: readonly { person: string; channel: 'email' }[]) =>
      told({ type: 'incident.escalated', data: { generation: 1, step: 1, level: 0, targets } })?.text;
    expect(page([{ person: 'per_gone', channel: 'email' }])).toBe('Paged as a last resort: per_gone.');
    expect(page([])).toBe('Nobody could be paged.');
  });

  test('a page that was refused names the person and the reason, and what does not wait for it', () => {
    const page = {
      generation: 1,
      step: 1,
      person: 'per_1',
      channel: 'email',
      reason: 'Not verified.',
    } as const;
    expect(told({ type: 'page.refused', data: page }, system('delivery'))).toEqual({
      text: 'The page to Ada Lovelace could not be sent.',
      lines: ['Not verified.'],
    });
    const next = { step: 2, dueAt: 0 };
    expect(
      told({ type: 'incident.brought-forward', data: { generation: 1, step: 1, next } }, system('delivery'))
        ?.text,
    ).toBe('No page of step 1 could be sent, so the next does not wait.');
  });

  test('alerts are counted by what they did, and told apart', () => {
    const entries = [
      entry,
      { ...entry, title: 'Errors' },
      { ...entry, state: 'resolved' },
      { ...entry, state: 'acknowledged' },
    ] as const;
    expect(
      told({ type: 'alerts.changed', data: { why: 'service=checkout', entries } }, system('detection')),
    ).toEqual({
      text: '2 alerts fired, 1 alert was acknowledged at the source, 1 alert cleared.',
      lines: [
        'P2 Latency (fired)',
        'P2 Errors (fired)',
        'P2 Latency (cleared)',
        'P2 Latency (acknowledged at the source)',
        'service=checkout',
      ],
    });
  });

  test('a number that was only filled says nothing', () => {
    expect(told({ type: 'void', data: {} }, system('log'))).toBeUndefined();
  });
});

test('a fact of a newer API is told by its type, whatever its data', () => {
  fc.assert(
    fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (name, data) => {
      const type = `newer.${name}`;
      const text = '2026-11-23T10:00:00.000Z';
      const fact = { seq: 1, id: 'f', type, occurredAt: text, recordedAt: text, actor: ada, data };
      expect(sentenceOf(fact, nameOf)).toEqual({ text: `Ada Lovelace recorded “${type}”.` });
    }),
  );
});

describe('what a run of a runbook tells', () => {
  const run = idOf('run', at, 'run');
  const of = { run, runbook: 'restart', title: 'Restart' };
  const step = (state: string, more: object = {}) =>
    told({
      type: 'runbook.step',
      data: { ...of, step: 'drain', stepTitle: 'Drain', state, ...more },
    } as Told<LoggedFact>);

  test('its beginning, with the reason, and its end', () => {
    expect(told({ type: 'runbook.started', data: { ...of, reason: 'It is down' } })).toEqual({
      ...{ text: 'Ada Lovelace started the runbook “Restart”.', run, quote: 'It is down' },
    });
    const end = (outcome: 'succeeded' | 'failed' | 'cancelled') =>
      told({ type: 'runbook.finished', data: { ...of, outcome } })?.text;
    expect([end('succeeded'), end('failed'), end('cancelled')]).toEqual([
      'The runbook “Restart” has done all its steps.',
      'The runbook “Restart” failed.',
      'Ada Lovelace ended the runbook “Restart” before its end.',
    ]);
  });

  test.each([
    ['waits-for-approval', 'Restart: “Drain” waits for an approval.'],
    ['waits-for-word', 'Restart: nobody knows whether “Drain” happened; somebody has to look.'],
    ['approved', 'Restart: Ada Lovelace approved “Drain”.'],
    ['succeeded', 'Restart: “Drain” is done.'],
    ['something-newer', 'Restart: “Drain” is something-newer.'],
  ])('a step that is %s', (state, text) => {
    expect(step(state, { detail: 'ok' })).toEqual({ text, run, quote: 'ok' });
  });
});
