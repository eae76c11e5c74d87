import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { understand } from '../../../shared/war-room/api.ts';
import { limits, ruleOf, rules } from '../../../shared/war-room/index.ts';

const incident = idOf('incident', 0, 'i');
const id = 'message-1';
const read = (message: unknown) =>
  understand(typeof message === 'string' ? message : JSON.stringify(message), limits.frameBytes);

describe('a frame of a client', () => {
  it('[WR3] joins from the beginning unless it says from where', () => {
    expect(read({ v: 1, type: 'join', incident })).toEqual({
      message: { v: 1, type: 'join', incident, after: 0 },
    });
  });

  it.each([
    ['WR1', ''],
    ['WR1', '{'],
    ['WR1', '[]'],
    ['WR1', 'null'],
    ['WR1', '"ping"'],
    ['WR1', { v: 2, type: 'ping' }],
    ['WR1', { type: 'ping' }],
    ['WR1', { v: 1, type: 'shout' }],
    ['WR1', { v: 1, type: 'constructor' }],
    ['WR1', { v: 1, type: ['ping'] }],
    ['WR1', { v: 1, type: 'chat', incident, id, text: 'half \ud83d' }],
    ['WR13', { v: 1, type: 'ping', org: 'x' }],
    ['WR3', { v: 1, type: 'join', incident: 'INC-1' }],
    ['WR3', { v: 1, type: 'join', incident, after: -1 }],
    ['WR3', { v: 1, type: 'join', incident, after: 1e12 }],
    ['WR12', { v: 1, type: 'presence', incident, away: 'yes' }],
    ['WR6', { v: 1, type: 'chat', incident, text: 'x' }],
    ['WR6', { v: 1, type: 'chat', incident, id: 'short', text: 'x' }],
    ['WR6', { v: 1, type: 'pin', incident, id: `${id}#`, seq: 1 }],
    ['WR8', { v: 1, type: 'chat', incident, id, text: ' ' }],
    ['WR8', { v: 1, type: 'chat', incident, id, text: 'x'.repeat(limits.chatText + 1) }],
    ['WR9', { v: 1, type: 'action.add', incident, id, text: 'x', due: 'tomorrow' }],
    ['WR9', { v: 1, type: 'action.add', incident, id, text: 'x'.repeat(limits.actionText + 1) }],
    ['WR9', { v: 1, type: 'action.change', incident, id, action: 'act_1' }],
    ['WR10', { v: 1, type: 'pin', incident, id, seq: 0 }],
    ['WR11', { v: 1, type: 'role', incident, id, role: 'captain', person: null }],
  ])('[WR1] [WR8] that breaks %s is refused by that rule: %j', (rule, message) => {
    expect(read(message)).toMatchObject({ rule });
  });

  it('says which message it is about, also when that is wrong elsewhere', () => {
    expect(read({ v: 1, type: 'chat', incident, id, text: '' })).toMatchObject({ rule: 'WR8', id, incident });
  });

  it('[F70] that is too long is refused with the limit', () => {
    const long = JSON.stringify({ v: 1, type: 'chat', incident, id, text: 'x'.repeat(33 * 1024) });
    expect(understand(long, limits.frameBytes)).toMatchObject({
      rule: 'WR1',
      why: expect.stringContaining('30000'),
    });
  });

  it('never throws, and what is refused names a rule that exists', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), anyMessage), (frame) => {
        const understood = understand(frame, limits.frameBytes);
        if ('rule' in understood) expect(rules).toHaveProperty(understood.rule);
        else expect(understood.message.v).toBe(1);
      }),
    );
  });
});

const anyMessage = fc
  .record({
    v: fc.constantFrom(1, 2),
    type: fc.constantFrom(...Object.keys(ruleOf), 'other'),
    incident: fc.oneof(fc.constant(incident), fc.string()),
    id: fc.oneof(fc.constant(id), fc.string()),
    text: fc.oneof(fc.string(), fc.integer()),
    seq: fc.oneof(fc.integer(), fc.double()),
    __proto__: fc.constant({}),
  })
  .map((message) => JSON.stringify(message));
