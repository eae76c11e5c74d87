import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  all,
  atomFeed,
  decidePage,
  emptyPage,
  evolvedBy,
  type PageCommand,
  statuspageDocuments,
  storedIn,
  storedText,
  viewInternal,
  viewPublic,
} from '../../../shared/status/index.ts';
import {
  anyHistory,
  component,
  type Given,
  incident,
  NOON,
  page,
  play,
  update,
} from '../../support/status-page.ts';

const looking = { id: page, now: NOON + 60 * 86_400_000 };
const url = 'https://status.example/';

/** A history in which the text of every update is its own. */
const worded = anyHistory.map((history) =>
  history.map(([command, at], i): Given => {
    const isTold =
      command.do === 'publish-incident' || command.do === 'publish-update' || command.do === 'correct-update';
    return [isTold ? { ...command, text: `words-${i}-here` } : command, at];
  }),
);

it('no file tells a word of what was withdrawn, whatever happened before and after', () => {
  fc.assert(
    fc.property(worded, (history) => {
      const { state, facts } = play(history);
      const standing = new Set(all(state, 'update').map(({ text }) => text));
      const said = facts.flatMap(({ data }) =>
        data.entries.flatMap((entry) => (entry.kind === 'update' ? [entry.is.text] : [])),
      );
      const view = viewPublic(state, looking);
      const files = [
        JSON.stringify(view),
        JSON.stringify(viewInternal(state, looking)),
        JSON.stringify(statuspageDocuments(view, url)),
        atomFeed(view, url),
        storedText({ page, root: true, writtenAt: NOON, state }),
      ].join('\n');
      for (const text of said) if (text !== '' && !standing.has(text)) expect(files).not.toContain(text);
    }),
    { numRuns: 300 },
  );
});

it('the bars are as if what was withdrawn had never been told', () => {
  const told: readonly Given[] = [
    [component('a'), NOON],
    [incident('x', { a: 'partial_outage' }), NOON + 60_000],
  ];
  const wrong: readonly Given[] = [
    [update('x', 2, 'monitoring', { a: 'operational' }), NOON + 120_000],
    [update('x', 3, 'resolved'), NOON + 180_000],
  ];
  const withdraw = (number: number): PageCommand => ({
    do: 'withdraw-update',
    incident: Object(incident('x', {})).id,
    update: Object(update('x', number, 'resolved')).update,
  });
  const taken = [withdraw(2), withdraw(3)].map((command): Given => [command, NOON + 240_000]);
  const before = viewPublic(play(told).state, looking).components;
  const after = viewPublic(play([...told, ...wrong, ...taken]).state, looking).components;
  expect(after).toEqual(before);
});

it('a page that is read again from what is kept decides the same', () => {
  fc.assert(
    fc.property(anyHistory, anyHistory, (history, more) => {
      const { state } = play(history);
      const again = storedIn(storedText({ page, root: true, writtenAt: NOON, state })).state;
      for (const [command, at] of more.slice(0, 5)) {
        const outcome = (on: typeof state) => {
          try {
            return decidePage(on, command, at);
          } catch (error) {
            return String(error);
          }
        };
        expect(outcome(again)).toEqual(outcome(state));
      }
    }),
  );
});

it('a withdrawal that comes before the update it is about wins, whatever comes later with a lower number', () => {
  const { facts } = play([
    [component('a'), NOON],
    [incident('x', { a: 'major_outage' }), NOON],
    [update('x', 2, 'resolved'), NOON + 1],
    [
      {
        do: 'withdraw-update',
        incident: Object(incident('x', {})).id,
        update: Object(update('x', 2, 'resolved')).update,
      },
      NOON + 2,
    ],
  ]);
  const [made, first, last, withdrawn] = facts;
  if (!made || !first || !last || !withdrawn) throw new Error('Four facts were expected');
  const late = evolvedBy(evolvedBy(emptyPage, [withdrawn, made]), [last, first, last]);
  expect(viewPublic(late, looking).incidents[0]).toMatchObject({
    state: 'investigating',
    updates: [{ text: '', state: 'resolved' }, { state: 'investigating' }],
  });
});
