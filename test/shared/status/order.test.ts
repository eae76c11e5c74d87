import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyPage,
  evolvedBy,
  evolvePage,
  pageOf,
  storedIn,
  storedText,
  viewPublic,
} from '../../../shared/status/index.ts';
import { anyHistory, component, incident, NOON, page, play, update } from '../../support/status-page.ts';

const text = (state: ReturnType<typeof play>['state']) =>
  storedText({ page, root: true, writtenAt: NOON, state });

describe('[F87] a page', () => {
  it('is the same, byte for byte, in whatever order its facts come, and however often', () => {
    const shuffled = anyHistory
      .map((history) => play(history))
      .chain(({ facts }) =>
        fc.tuple(
          fc.constant(facts),
          fc.shuffledSubarray([...facts], { minLength: facts.length, maxLength: facts.length }),
          fc.array(fc.constantFrom(...(facts.length > 0 ? facts : [undefined]))),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([facts, others, again]) => {
        const rebuilt = text(evolvedBy(emptyPage, facts));
        const more = again.filter((fact) => fact !== undefined);
        const one = [...others, ...more].reduce(evolvePage, emptyPage);
        expect(text(one)).toBe(rebuilt);
        // In batches, with what is kept written and read in between.
        const half = Math.floor(others.length / 2);
        const kept = storedIn(text(evolvedBy(emptyPage, others.slice(0, half)))).state;
        expect(text(evolvedBy(kept, [...more, ...others.slice(half)]))).toBe(rebuilt);
      }),
      { numRuns: 300 },
    );
  });

  it('never goes back while some facts are missing: each thing is as its newest fact says', () => {
    fc.assert(
      fc.property(anyHistory, fc.infiniteStream(fc.boolean()), (history, coins) => {
        const { facts, state } = play(history);
        const seen = facts.filter(() => coins.next().value);
        const after = evolvedBy(emptyPage, seen);
        for (const [name, kept] of after.things) {
          const newest = seen.findLast(({ data }) =>
            data.entries.some((entry) => `${entry.kind}/${entry.id}` === name),
          );
          expect(kept.seq).toBe(newest?.seq);
          expect(kept.seq).toBeLessThanOrEqual(state.things.get(name)?.seq ?? 0);
        }
      }),
    );
  });

  it('shows of two updates in the same millisecond the later one first', () => {
    const { facts } = play([
      [component('a'), NOON],
      [incident('x', { a: 'major_outage' }), NOON],
      [update('x', 2, 'identified'), NOON + 1],
      [update('x', 3, 'monitoring', { a: 'operational' }), NOON + 1],
    ]);
    const reversed = evolvedBy(emptyPage, facts.toReversed());
    const view = viewPublic(reversed, { id: page, now: NOON + 1 });
    expect(view.incidents[0]?.updates.map(({ state }) => state)).toEqual([
      'monitoring',
      'identified',
      'investigating',
    ]);
    expect(view.incidents[0]?.state).toBe('monitoring');
    expect(view.components[0]?.status).toBe('operational');
  });
});

describe('what is kept of a page', () => {
  it('is read as it was written, with kinds that another version knows', () => {
    const odd = { kind: 'weather', id: '1', is: { sky: 'blue' }, seq: 9 };
    const state = pageOf([odd] as never);
    const again = storedIn(text(state));
    expect(text(again.state)).toBe(text(state));
    expect(again.state.version).toBe(9);
    expect(viewPublic(again.state, { id: page, now: NOON }).components).toEqual([]);
  });

  it('knows where its form posts to, and takes no other word for an address', () => {
    const api = 'https://api.example.com/live';
    const kept = storedText({ page, root: true, writtenAt: NOON, api, state: pageOf([]) });
    expect(storedIn(kept).api).toBe(api);
    expect(storedIn(text(pageOf([]))).api).toBeUndefined();
    expect(() => storedIn(kept.replace(api, 'javascript:alert(1)'))).toThrow(/address of the API/);
  });

  it('is refused when it is none', () => {
    expect(() => storedIn('{}')).toThrow();
    expect(() => storedIn('no')).toThrow();
  });
});
