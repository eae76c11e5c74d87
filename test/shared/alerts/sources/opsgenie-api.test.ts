import { describe, expect, it } from 'vitest';
import {
  asOpsgenieAction,
  asOpsgenieCreate,
  fingerprintOf,
  idOfAlias,
  idWithoutAlias,
  requestOf,
  sources,
  type Translated,
  tinyIdOf,
} from '../../../../shared/alerts/index.ts';
import { idOf } from '../../../../shared/kernel/index.ts';
import { fixture, integration, receivedAt } from '../../../support/alert-fixture.ts';
import { describeBodies, received, translated } from '../../../support/source-rows.ts';

describeBodies('opsgenie-api', {
  rows: {
    create: [
      [
        'firing',
        ['alias', 'checkout / slow (Lisbon) 100%'],
        'Checkout answers slowly in Lisbon',
        'P1_CRITICAL',
        'checkout gateway',
        received,
      ],
    ],
    'create-from-alertmanager': [
      [
        'firing',
        ['alias', '55'.repeat(32)],
        '[FIRING:1] InstanceDown (search)',
        'P3_MEDIUM',
        'search',
        received,
      ],
    ],
    'odd-wrong-types': [['firing', ['alias', '17'], '404', 'P2_HIGH', undefined, received]],
  },
  apart: ['create-minimal'],
});

const receipt = { receipt: 'req-1', receivedAt, integration };
const translate = (body: unknown) => sources['opsgenie-api'].translate(body, receipt);

function taken(body: unknown): Translated {
  const translation = translate(body);
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation;
}

const act = (action: string, body: unknown = {}, more: object = {}) =>
  asOpsgenieAction({ action, identifier: 'a/b c', type: 'alias', body, ...more });
const remark = (action: string, body: unknown, more: object = {}) =>
  taken(act(action, body, more)).remarks?.map(({ text }) => text);

describe('a new alert', () => {
  it('keeps alias, tags, entity, responders and details as labels, but no secret, and its note as a remark', () => {
    const { signals, remarks } = translated('opsgenie-api', 'create');
    expect(signals[0]?.labels).toEqual({
      alias: 'checkout / slow (Lisbon) 100%',
      entity: 'Checkout Gateway',
      source: 'https://watcher.example/checks/9',
      user: 'Watcher',
      tags: 'lisbon, checkout',
      responders: 'Payments, noor@example.com',
      region: 'pt-1',
    });
    expect(signals[0]?.links).toEqual([{ href: 'https://watcher.example/checks/9', text: 'Source' }]);
    expect(remarks).toMatchObject([{ by: 'Watcher', text: 'Opened by check 9' }]);
  });

  it('[F56] whose alias is the id of an alert of another integration is one of its own, and so is whoever names that', () => {
    const foreign = idOf('integration', receivedAt, 'another');
    for (const id of [idWithoutAlias(foreign, 'req-1'), idOfAlias(foreign, 'x')]) {
      const mine = fingerprintOf(integration, 'alias', id);
      expect(taken(asOpsgenieCreate({ message: 'x', alias: id })).signals[0]?.fingerprint).toBe(mine);
      expect(taken(act('close', {}, { identifier: id })).signals[0]?.fingerprint).toBe(mine);
    }
    const without = act('close', {}, { identifier: idWithoutAlias(foreign, 'req-1'), type: 'id' });
    expect(taken(without).signals[0]?.fingerprint).not.toBe(idWithoutAlias(foreign, 'req-1'));
    expect(idWithoutAlias(foreign, 'req-1')).not.toBe(idWithoutAlias(integration, 'req-1'));
  });

  it('without an alias has its id as one, and is found by either', () => {
    const [signal] = taken(fixture('opsgenie-api/create-minimal')).signals;
    const id = signal?.fingerprint ?? '';
    expect([id, signal?.labels.alias, signal?.severity]).toEqual([
      idWithoutAlias(integration, 'req-1'),
      id,
      'P3_MEDIUM',
    ]);
    const close = (type: string) => taken(act('close', {}, { identifier: id, type })).signals[0]?.fingerprint;
    expect([close('id'), close('alias')]).toEqual([id, id]);
  });

  it('has a request id that says what was asked, when and of which alert', () => {
    const { dedupKey = '', signals } = translated('opsgenie-api', 'create');
    expect(requestOf(dedupKey)).toEqual({
      action: 'create',
      at: receivedAt,
      alert: signals[0]?.fingerprint,
    });
    for (const other of ['', 'create', 'explode-1-00', `close-zz!-${'0'.repeat(64)}`, `${dedupKey}-x`])
      expect(requestOf(other)).toBeUndefined();
  });

  it('without a message, or with an alias of more than 512 characters, is refused by field', () => {
    expect(translate({ opsgenie_create: {} })).toEqual({
      refused: { code: 'invalid', errors: ['message: Message can not be empty.'] },
    });
    const long = translate({ opsgenie_create: { message: 'x', alias: 'a'.repeat(513) } });
    expect(long).toMatchObject({ refused: { errors: [expect.stringContaining('513')] } });
  });

  it('with a message longer than the 130 characters that Opsgenie takes is clipped, not lost', () => {
    const [signal] = taken({ message: 'm'.repeat(400) }).signals;
    expect([signal?.title?.length, signal?.flags]).toEqual([250, ['clipped']]);
  });
});

describe('an action', () => {
  it('closes, deletes or acknowledges the alert with the alias, whatever characters that has', () => {
    const states = ['close', 'delete', 'acknowledge'].map((action) => taken(act(action)).signals[0]);
    expect(states.map((signal) => signal?.state)).toEqual(['resolved', 'resolved', 'acknowledged']);
    for (const signal of states)
      expect(signal?.fingerprint).toBe(fingerprintOf(integration, 'alias', 'a/b c'));
  });

  it('names its alert by id without a look-up', () => {
    const id = idOfAlias(integration, 'x');
    const { signals } = taken(act('close', {}, { identifier: id, type: 'id' }));
    expect(signals[0]?.fingerprint).toBe(id);
  });

  it('on anything else is a remark in words, with who said it', () => {
    const user = 'Noor';
    expect(taken(act('notes', { note: 'Looking at it', user })).remarks).toEqual([
      { fingerprint: idOfAlias(integration, 'a/b c'), at: receivedAt, by: 'Noor', text: 'Looking at it' },
    ]);
    expect(remark('tags', { tags: ['a', 'b'] })).toEqual(['Tags added: a, b']);
    expect(remark('tags', { tags: ['a'] }, { removes: true })).toEqual(['Tags removed: a']);
    expect(remark('details', { details: { load: '7' } })).toEqual(['Details added: load: 7']);
    expect(remark('assign', { owner: { username: 'noor@example.com' } })).toEqual([
      'Assigned to noor@example.com',
    ]);
    expect(remark('escalate', { escalation: { name: 'Night' } })).toEqual(['Escalation asked for: Night']);
    expect(remark('responders', { responder: { name: 'Database' } })).toEqual(['Responder added: Database']);
    expect(remark('teams', { team: { name: 'Core' } })).toEqual(['Team added: Core']);
    expect(remark('priority', { priority: 'P1' })).toEqual(['New priority: P1']);
    expect(remark('message', { message: 'Worse' })).toEqual(['New message: Worse']);
    expect(remark('snooze', { endTime: '2026-11-20T12:00:00Z' })?.[0]).toContain('2026-11-20T12:00:00Z');
    expect(remark('unacknowledge', {})).toHaveLength(1);
    expect(remark('actions', {}, { name: 'Restart' })).toEqual(['Action asked for: Restart']);
    expect(remark('close', { note: 'Fixed' })).toEqual(['Fixed']);
  });

  it('takes an acknowledgement back without beginning an alert: it may be closed, or unknown', () => {
    const [said] = taken(act('unacknowledge', {})).signals;
    expect(said).toMatchObject({ state: 'acknowledged', unacknowledged: true });
    expect(taken(act('acknowledge', {})).signals[0]?.unacknowledged).toBeUndefined();
    const by = (action: string, user: string) => taken(act(action, { user })).signals[0]?.by;
    expect(by('acknowledge', 'bob')).toBe('bob');
    expect(by('acknowledge', 'b'.repeat(400))).toHaveLength(100);
    expect([by('unacknowledge', 'bob'), by('close', 'bob')]).toEqual([undefined, undefined]);
  });

  it('that there is not, of an identifier of unknown type or an empty note is refused by field', () => {
    const errors = (body: unknown) => {
      const translation = translate(body);
      return 'refused' in translation ? translation.refused.errors[0] : undefined;
    };
    expect(errors(act('explode'))).toMatch(/^action: /);
    expect(errors(act('close', {}, { type: 'name' }))).toMatch(/^identifierType: /);
    expect(errors(act('notes', {}))).toBe('note: Note can not be empty.');
    expect(errors(act('close', {}, { identifier: '' }))).toMatch(/^identifier: /);
  });
});

describe('a tiny id', () => {
  it('is a number of at most 15 digits that differs from alert to alert', () => {
    const ids = ['a', 'b', 'c'].map((alias) => tinyIdOf(idOfAlias(integration, alias)));
    ids.push(tinyIdOf(idWithoutAlias(integration, 'r1')), tinyIdOf(idWithoutAlias(integration, 'r2')));
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(id).toMatch(/^\d{1,15}$/);
  });
});
