import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoggedFact, WarRoomFact } from '../../../shared/incidents/index.ts';
import { idOf, Refusal } from '../../../shared/kernel/index.ts';
import {
  actionsIn,
  decideRoom,
  emptyRoom,
  evolveRoom,
  mostParts,
  pinsIn,
  pinText,
  type RoomCommand,
  type RoomState,
  rolesIn,
} from '../../../shared/war-room/index.ts';

const ann = { id: 'per_ann', name: 'Ann' };
const bob = { id: 'per_bob', name: 'Bob' };
const T = 1_000;

const placed = (fact: WarRoomFact, seq: number): LoggedFact =>
  ({
    ...{ ...fact, seq, id: `fct_${seq}`, org: idOf('organisation', 0), incidentId: idOf('incident', 0) },
    ...{ recordedAt: T, actor: { kind: 'person', ...ann } },
  }) as LoggedFact;

/** A room after commands, each fact under the next number. */
function roomAfter(...commands: readonly RoomCommand[]): { state: RoomState; log: LoggedFact[] } {
  const log: LoggedFact[] = [];
  let state = emptyRoom;
  for (const command of commands) {
    for (const fact of decideRoom(state, command, T)) {
      log.push(placed(fact, log.length + 1));
      state = evolveRoom(state, log.at(-1) as LoggedFact);
    }
  }
  return { state, log };
}

const add: RoomCommand = { do: 'add-action', action: 'act_1', text: 'Restart the database', assignee: ann };

describe('actions of a room', () => {
  it('[WR9] are added with assignee and due day, and finished', () => {
    const { state } = roomAfter(
      { ...add, due: '2026-12-01' },
      { do: 'change-action', action: 'act_1', done: true },
    );
    expect(actionsIn(state)).toMatchObject([
      { text: 'Restart the database', assignee: ann, due: '2026-12-01', done: true, addedBy: 'Ann', seq: 2 },
    ]);
  });

  it('change in what is said alone, and lose what is taken away', () => {
    const { state, log } = roomAfter(
      add,
      { do: 'change-action', action: 'act_1', assignee: bob },
      { do: 'change-action', action: 'act_1', text: 'Restart both', assignee: null },
    );
    expect(actionsIn(state)).toMatchObject([{ text: 'Restart both', assignee: null, done: false }]);
    expect(log[1]?.data).toEqual({ action: 'act_1', assignee: bob });
  });

  it('stay as they are when nothing is new: nothing is recorded', () => {
    const { state } = roomAfter(add);
    expect(decideRoom(state, add, T)).toEqual([]);
    expect(decideRoom(state, { do: 'change-action', action: 'act_1', done: false }, T)).toEqual([]);
    expect(decideRoom(state, { do: 'change-action', action: 'act_1', assignee: { ...ann } }, T)).toEqual([]);
  });

  it('that are not there cannot be changed, and there is an end to them', () => {
    expect(() => decideRoom(emptyRoom, { do: 'change-action', action: 'act_9', done: true }, T)).toThrow(
      /no action 'act_9'/,
    );
    const many = Array.from({ length: mostParts.actions }, (_, i) => ({
      ...add,
      action: `act_${i}` as const,
    }));
    expect(() => decideRoom(roomAfter(...many).state, { ...add, action: 'act_more' }, T)).toThrow(/500/);
  });
});

describe('pins of a room', () => {
  const pin = (seq: number): RoomCommand => ({ do: 'pin', seq, text: `Fact ${seq}`, by: 'Ann' });

  it('[WR10] stay up in the order of the log until they are taken down', () => {
    const { state } = roomAfter(pin(7), pin(3), pin(5), { do: 'unpin', seq: 7 });
    expect(pinsIn(state).map(({ pinned }) => pinned)).toEqual([3, 5]);
    expect(decideRoom(state, { do: 'unpin', seq: 7 }, T)).toEqual([]);
    expect(decideRoom(state, pin(3), T)).toEqual([]);
  });

  it('are at most 50, and one that was taken down makes room', () => {
    const full = Array.from({ length: 50 }, (_, i) => pin(i + 1));
    expect(() => decideRoom(roomAfter(...full).state, pin(99), T)).toThrow(Refusal);
    expect(decideRoom(roomAfter(...full, { do: 'unpin', seq: 1 }).state, pin(99), T)).toHaveLength(1);
  });

  it('say what the fact says, in one short line', () => {
    const said = placed({ type: 'room.said', occurredAt: T, data: { text: `a\nb ${'x'.repeat(400)}` } }, 1);
    expect(pinText(said)).toMatch(/^a b x+$/);
    expect(pinText(said)?.length).toBe(200);
    expect(pinText({ ...said, type: 'void', data: {} } as LoggedFact)).toBeUndefined();
  });
});

describe('roles of a room', () => {
  it('[WR11] are of one person each, and are handed on', () => {
    const give = (person: typeof ann | null): RoomCommand => ({ do: 'give-role', role: 'commander', person });
    const { state } = roomAfter(give(ann), give(bob));
    expect([...rolesIn(state)]).toEqual([['commander', bob]]);
    expect(decideRoom(state, give({ ...bob }), T)).toEqual([]);
    expect([...rolesIn(roomAfter(give(ann), give(null)).state)]).toEqual([]);
  });
});

const arbitraryCommand: fc.Arbitrary<RoomCommand> = fc.oneof(
  fc.record({ do: fc.constant('say' as const), text: fc.string({ minLength: 1 }) }),
  fc.record({
    do: fc.constant('add-action' as const),
    action: fc.constantFrom('act_1', 'act_2'),
    text: fc.string({ minLength: 1 }),
  }),
  fc.record({
    do: fc.constant('pin' as const),
    seq: fc.integer({ min: 1, max: 4 }),
    text: fc.string(),
    by: fc.constant('Ann'),
  }),
  fc.record({ do: fc.constant('unpin' as const), seq: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    do: fc.constant('give-role' as const),
    role: fc.constantFrom('commander' as const, 'scribe' as const),
    person: fc.constantFrom(ann, bob, null),
  }),
);

describe('a room', () => {
  it('is the same for who takes the whole log and for who takes a state and what follows, some of it again', () => {
    fc.assert(
      fc.property(fc.array(arbitraryCommand, { maxLength: 20 }), fc.nat(), fc.nat(), (commands, a, b) => {
        const { state, log } = roomAfter(...commands);
        const [from, until] = [a % (log.length + 1), b % (log.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const half = log.slice(0, until).reduce(evolveRoom, emptyRoom);
        expect(log.slice(from).reduce(evolveRoom, half)).toEqual(state);
      }),
    );
  });

  it('records nothing twice: the same command again finds nothing to do, unless it is something that was said', () => {
    fc.assert(
      fc.property(fc.array(arbitraryCommand, { maxLength: 10 }), arbitraryCommand, (commands, last) => {
        const { state } = roomAfter(...commands, last);
        expect(decideRoom(state, last, T)).toHaveLength(last.do === 'say' ? 1 : 0);
      }),
    );
  });
});
