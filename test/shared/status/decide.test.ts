import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidePage, emptyPage, evolvedBy, one, viewInternal } from '../../../shared/status/index.ts';
import {
  anyCommand,
  anyHistory,
  component,
  componentId,
  groupId,
  incident,
  incidentId,
  maintenanceId,
  NOON,
  page,
  play,
  update,
  updateId,
} from '../../support/status-page.ts';

const pageAfter = (...commands: Parameters<typeof play>[0]) => play(commands).state;
const types = (facts: readonly { readonly type: string }[]) => facts.map(({ type }) => type);

describe('a page', () => {
  it('has a name before anybody gave it one, and is renamed once', () => {
    expect(viewInternal(emptyPage, { id: page, now: NOON }).page).toEqual({ id: page, name: 'Status' });
    const { facts } = play([
      [{ do: 'configure', settings: { name: 'Acme', header: 'Hello' } }, NOON],
      [{ do: 'configure', settings: { name: 'Acme' } }, NOON],
    ]);
    expect(types(facts)).toEqual(['page.configured']);
  });

  it('loses a text that is taken away', () => {
    const state = pageAfter(
      [{ do: 'configure', settings: { header: 'Hello' } }, NOON],
      [{ do: 'configure', settings: { header: null } }, NOON],
    );
    expect(one(state, 'settings', 'page')).toEqual({ name: 'Status' });
  });
});

describe('a component', () => {
  it('is added once, at the end, and keeps its place when it is renamed', () => {
    const state = pageAfter(
      [component('a'), NOON],
      [component('a'), NOON + 1],
      [component('b'), NOON],
      [{ do: 'change-component', id: componentId('a'), change: { name: 'A' } }, NOON],
    );
    expect(viewInternal(state, { id: page, now: NOON }).components.map(({ name }) => name)).toEqual([
      'A',
      'b',
    ]);
    expect(one(state, 'component', componentId('a'))?.createdAt).toBe(NOON);
  });

  it('leaves a group that is removed, and is shown without it', () => {
    const state = pageAfter(
      [{ do: 'add-group', id: groupId('g'), name: 'g' }, NOON],
      [component('a', { group: groupId('g') }), NOON],
      [{ do: 'remove-group', id: groupId('g') }, NOON],
    );
    const view = viewInternal(state, { id: page, now: NOON });
    expect(view.groups).toEqual([]);
    expect(view.components[0]).not.toHaveProperty('group');
  });

  it('is refused in a group that is not there', () => {
    expect(() => decidePage(emptyPage, component('a', { group: groupId('g') }), NOON)).toThrow(
      'There is no group',
    );
  });

  it('keeps its history when it is removed, and can be changed no more', () => {
    const state = pageAfter(
      [component('a'), NOON],
      [{ do: 'remove-component', id: componentId('a') }, NOON + 1],
    );
    expect(one(state, 'component', componentId('a'))).toMatchObject({ removedAt: NOON + 1 });
    expect(viewInternal(state, { id: page, now: NOON }).components).toEqual([]);
    expect(() =>
      decidePage(state, { do: 'mark', component: componentId('a'), status: 'major_outage' }, NOON),
    ).toThrow('There is no component');
  });

  it('is marked only with news', () => {
    const mark = (status: 'operational' | 'major_outage') => ({
      do: 'mark' as const,
      component: componentId('a'),
      status,
    });
    const { facts } = play([
      [component('a'), NOON],
      [mark('operational'), NOON],
      [mark('major_outage'), NOON],
      [mark('major_outage'), NOON],
      [mark('operational'), NOON],
    ]);
    expect(types(facts)).toEqual(['component.changed', 'component.marked', 'component.marked']);
  });
});

describe('an incident', () => {
  const open = pageAfter([component('a'), NOON], [incident('x', { a: 'partial_outage' }), NOON]);

  it('matters as its worst component does, unless somebody says otherwise', () => {
    expect(one(open, 'incident', incidentId('x'))).toMatchObject({ impact: 'major', state: 'investigating' });
    const said = pageAfter(
      [component('a'), NOON],
      [incident('x', { a: 'partial_outage' }, { impact: 'none' }), NOON],
    );
    expect(one(said, 'incident', incidentId('x'))?.impact).toBe('none');
  });

  it('keeps its components through an update that names none, and sets them free when it is resolved', () => {
    const monitored = evolvedBy(open, [
      {
        seq: 3,
        ...(decidePage(open, update('x', 2, 'monitoring'), NOON + 1)[0] ?? { data: { entries: [] } }),
      },
    ]);
    expect(one(monitored, 'incident', incidentId('x'))?.affected).toHaveLength(1);
    const resolved = pageAfter(
      [component('a'), NOON],
      [incident('x', { a: 'partial_outage' }), NOON],
      [update('x', 2, 'resolved'), NOON + 5],
    );
    expect(one(resolved, 'incident', incidentId('x'))).toMatchObject({ affected: [], resolvedAt: NOON + 5 });
    expect(() => decidePage(resolved, update('x', 3, 'monitoring'), NOON)).toThrow('is resolved');
  });

  it('is refused with components that are not there', () => {
    expect(() => decidePage(emptyPage, incident('x', { a: 'major_outage' }), NOON)).toThrow(
      'There is no component',
    );
  });

  it('shows that an update was corrected, and only its own', () => {
    const correct = (of: string) => ({
      do: 'correct-update' as const,
      incident: incidentId(of),
      update: updateId('x 1'),
      text: 'Better words',
    });
    const [fact] = decidePage(open, correct('x'), NOON + 9);
    expect(fact?.data.entries[0]?.is).toMatchObject({
      text: 'Better words',
      at: NOON,
      correctedAt: NOON + 9,
    });
    expect(() => decidePage(open, correct('y'), NOON)).toThrow('There is no update');
  });
});

describe('maintenance', () => {
  const planned = (from: number, until: number) => ({
    do: 'schedule' as const,
    id: maintenanceId('m'),
    maintenance: { title: 'm', text: 'm', components: [], internal: false, from, until },
  });

  it('ends after it begins, not in the past, and lasts at most 30 days', () => {
    expect(() => decidePage(emptyPage, planned(NOON, NOON), NOON)).toThrow('lies after');
    expect(() => decidePage(emptyPage, planned(NOON - 2, NOON - 1), NOON)).toThrow('in the past');
    expect(() => decidePage(emptyPage, planned(NOON, NOON + 31 * 86_400_000), NOON)).toThrow(
      'at most 30 days',
    );
  });

  it('is cancelled before it begins, ended while it is under way, and untouched after', () => {
    const state = pageAfter([planned(NOON + 10, NOON + 20), NOON]);
    const cancelAt = (at: number) =>
      decidePage(state, { do: 'cancel-maintenance', id: maintenanceId('m') }, at);
    expect(cancelAt(NOON)[0]?.data.entries[0]?.is).toMatchObject({ cancelledAt: NOON });
    expect(cancelAt(NOON + 15)[0]?.data.entries[0]?.is).toMatchObject({ until: NOON + 15 });
    expect(() => cancelAt(NOON + 20)).toThrow('is over');
  });
});

describe('every command', () => {
  it('causes nothing when it is repeated', () => {
    fc.assert(
      fc.property(anyHistory, anyCommand, (history, command) => {
        const { state } = play(history);
        const at = NOON + 40 * 86_400_000;
        const once = play([...history, [command, at]]);
        if (once.state.version === state.version) return;
        // What takes something away refuses to do so twice; all else is quiet.
        if (/^(remove|cancel|publish-update)/.test(command.do)) return;
        expect(play([...history, [command, at], [command, at]]).facts).toEqual(once.facts);
      }),
    );
  });

  it('numbers its facts without a gap', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { facts, state } = play(history);
        expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, i) => i + 1));
        expect(state.version).toBe(facts.length);
      }),
    );
  });
});
