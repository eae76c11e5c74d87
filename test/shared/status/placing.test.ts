import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Id } from '../../../shared/kernel/index.ts';
import {
  all,
  decidePage,
  type PageCommand,
  type PageState,
  viewInternal,
} from '../../../shared/status/index.ts';
import { inOrder, placed } from '../../../shared/status/placing.ts';
import { component, componentId, type Given, groupId, NOON, page, play } from '../../support/status-page.ts';

type Before = Id<'component'> | null;
const move = (name: string, before: Before, group?: string | null): PageCommand => ({
  do: 'change-component',
  id: componentId(name),
  change: group === undefined ? {} : { group: group === null ? null : groupId(group) },
  before,
});
const group = (name: string): Given => [{ do: 'add-group', id: groupId(name), name }, NOON];
const moveGroup = (name: string, before: string | null): Given => [
  { do: 'change-group', id: groupId(name), change: {}, before: before === null ? null : groupId(before) },
  NOON,
];
const made: readonly Given[] = [
  ...[group('g'), group('h')],
  ...['a', 'b', 'c', 'd'].map((name): Given => [component(name), NOON]),
  ...['x', 'y'].map((name): Given => [component(name, { group: groupId('g') }), NOON]),
];
const stateAfter = (...more: readonly PageCommand[]) =>
  play([...made, ...more.map((command): Given => [command, NOON])]);
const view = (state: PageState) => viewInternal(state, { id: page, now: NOON });
const alone = (state: PageState) =>
  view(state).components.flatMap(({ group, name }) => (group === undefined ? [name] : []));
const within = (state: PageState, name: string) =>
  view(state).components.flatMap((one) => (one.group === groupId(name) ? [one.name] : []));

describe('a component', () => {
  it('is moved up, down and to the end, by one thing that changes', () => {
    expect(alone(stateAfter(move('c', componentId('b'))).state)).toEqual(['a', 'c', 'b', 'd']);
    expect(alone(stateAfter(move('a', componentId('c'))).state)).toEqual(['b', 'a', 'c', 'd']);
    expect(alone(stateAfter(move('a', null)).state)).toEqual(['b', 'c', 'd', 'a']);
    const { facts } = stateAfter(move('d', componentId('a')));
    expect(facts.at(-1)?.data.entries).toHaveLength(1);
  });

  it('is moved into a group, at a place, and out of it', () => {
    const { state } = stateAfter(move('b', componentId('y'), 'g'));
    expect([alone(state), within(state, 'g')]).toEqual([
      ['a', 'c', 'd'],
      ['x', 'b', 'y'],
    ]);
    expect(alone(stateAfter(move('x', componentId('a'), null)).state)).toEqual(['x', 'a', 'b', 'c', 'd']);
  });

  it('stands only beside those of its own group', () => {
    const { state } = stateAfter();
    expect(() => decidePage(state, move('a', componentId('x')), NOON)).toThrow('beside it to stand before');
    expect(() => decidePage(state, move('a', componentId('a')), NOON)).toThrow('beside it to stand before');
  });

  it('whose group was removed stands beside those without one', () => {
    const { state } = play([...made, [{ do: 'remove-group', id: groupId('g') }, NOON]]);
    const moved = play([
      ...made,
      [{ do: 'remove-group', id: groupId('g') }, NOON],
      [move('x', componentId('a')), NOON],
    ]);
    expect(alone(state)).toEqual(['a', 'b', 'c', 'd', 'x', 'y']);
    expect(alone(moved.state)).toEqual(['x', 'a', 'b', 'c', 'd', 'y']);
  });

  it('that is where it should be causes nothing', () => {
    const { state } = stateAfter();
    expect(decidePage(state, move('a', componentId('b')), NOON)).toEqual([]);
    expect(decidePage(state, move('d', null), NOON)).toEqual([]);
  });
});

describe('a group', () => {
  it('is moved with all that is in it', () => {
    const { state } = play([...made, moveGroup('h', 'g')]);
    expect(view(state).groups.map(({ name }) => name)).toEqual(['h', 'g']);
    expect(within(state, 'g')).toEqual(['x', 'y']);
    const back = play([...made, moveGroup('h', 'g'), moveGroup('h', null)]);
    expect(view(back.state).groups.map(({ name }) => name)).toEqual(['g', 'h']);
  });
});

describe('a place', () => {
  // Many at one position, and close together, as after a thousand moves.
  const anyList = fc
    .array(fc.constantFrom(0, 1, 1 + 1e-7, 1 + 2e-7, 2, 3), { minLength: 2, maxLength: 12 })
    .map((positions) =>
      positions.map((position, i) => ({ id: `id${String(i).padStart(2, '0')}`, position })),
    );
  const anyMove = anyList.chain((list) =>
    fc.tuple(fc.constant(list), fc.nat(list.length - 1), fc.option(fc.nat(list.length - 1))),
  );
  const ids = (list: readonly { readonly id: string; readonly position: number }[]) =>
    list.toSorted(inOrder).map(({ id }) => id);

  it('is the one that was asked for, and all others keep their order, whatever their positions', () => {
    fc.assert(
      fc.property(anyMove, ([list, which, where]) => {
        const one = list[which] ?? { id: '', position: 0 };
        const before = where === null ? null : (list[where]?.id ?? null);
        if (before === one.id) return;
        const { own, others } = placed(one, list, before);
        const moved = new Map([...others, own].map((other) => [other.id, other]));
        const now = ids(list.map((other) => moved.get(other.id) ?? other));
        const rest = ids(list).filter((id) => id !== one.id);
        const at = before === null ? rest.length : rest.indexOf(before);
        expect(now).toEqual(rest.toSpliced(at, 0, one.id));
        // Said once more it changes nothing.
        const again = list.map((other) => moved.get(other.id) ?? other);
        expect(placed(own, again, before)).toEqual({ own, others: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  it('is found a thousand times between the same two', () => {
    let state = stateAfter().state;
    for (let i = 0; i < 500; i++)
      for (const name of ['a', 'b']) {
        const [last] = decidePage(state, move(name, componentId('c')), NOON);
        if (last) state = { ...state, things: new Map([...state.things, ...kept(last.data.entries)]) };
      }
    expect(alone(state)).toEqual(['a', 'b', 'c', 'd']);
    const positions = all(state, 'component').map(({ position }) => position);
    expect(new Set(positions).size).toBe(positions.length);
  });

  const kept = (entries: readonly { readonly kind: string; readonly id: string }[]) =>
    entries.map((entry) => [`${entry.kind}/${entry.id}`, { ...entry, seq: 1 }] as never);

  it('is refused where one move would change more than one transaction may', () => {
    const crowd = Array.from({ length: 60 }, (_, i) => ({ id: `id${i + 100}`, position: 1 }));
    const last = { id: 'last', position: 9 };
    expect(() => placed(last, [{ id: 'first', position: 0 }, ...crowd, last], 'id101')).toThrow(
      'More than 50 things stand at one position',
    );
  });
});

it('moves of different groups end the same in any order', () => {
  const moves = [move('c', componentId('a')), move('y', componentId('x')), move('x', null)];
  fc.assert(
    fc.property(fc.shuffledSubarray(moves, { minLength: 3 }), (ordered) => {
      const { state } = stateAfter(...ordered);
      expect([alone(state), within(state, 'g')]).toEqual([
        ['c', 'a', 'b', 'd'],
        ['y', 'x'],
      ]);
    }),
  );
});
