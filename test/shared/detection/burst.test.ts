import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import {
  type AlertHead,
  type AlertInBatch,
  MAX_EVENTS,
  matchRule,
  type Received,
  ruleSchema,
  stateOf,
  unhurried,
  withSignal,
} from '../../../shared/detection/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, fingerprint, integration, org, post, signal } from '../../support/signals.ts';

const from = (receipt: string): Received['from'] => ({
  ...{ source: 'generic', integration, receipt, receivedAt: epoch },
});
const fires = (at: number, more: Partial<Signal> = {}) => signal('cpu', 'firing', at, more);
const resolves = (at: number) => signal('cpu', 'resolved', at);
const heardOf = (said: readonly Signal[]): AlertHead => said.reduce(withSignal, unheard);

const rules = [ruleSchema.parse({ id: 'k', name: 'By k', group: { by: ['label:k'] } })];

/** An alert that is in an incident. */
const unheard: AlertHead = {
  ...{ org, fingerprint: fingerprint('cpu'), version: 1, integration, source: 'generic' },
  ...{ labels: {}, links: [], firings: [], resolves: [] },
  memberships: [
    {
      correlation: matchRule(rules, { signal: fires(0), from: from('first') }).hash,
      ...{ incident: 'inc_01M852FMSJAHJZRXK8E5QZ8S00', generation: 1, why: 'By k' },
    },
  ],
};

/** A head that has no more room: it knows a firing of each of these seconds. */
const full = heardOf(Array.from({ length: MAX_EVENTS }, (_, second) => fires(second)));
const last = MAX_EVENTS - 1;

function batch(signals: readonly Signal[], more: Partial<Received['from']> = {}): AlertInBatch {
  const received = signals.map((one, i) => ({ signal: one, from: { ...from(`post ${i}`), ...more } }));
  return {
    ...{ fingerprint: unheard.fingerprint, from: from('post') },
    firings: received.filter(({ signal: { state } }) => state === 'firing'),
    others: received.filter(({ signal: { state } }) => state !== 'firing'),
  };
}

/** What becomes of signals that one batch says of an alert with this head. */
function fate(head: AlertHead | undefined, one: AlertInBatch, awaited?: number) {
  const heads = new Map(head ? [[head.fingerprint, head]] : []);
  const { due, later } = unhurried([one], { heads, rules }, () => awaited && epoch + awaited * 1_000);
  if (due.length > 0) return 'decided now';
  return later.length === 0
    ? 'needless'
    : later.map(
        ({
          firing: {
            signal: { at },
          },
        }) => `put off: ${(at - epoch) / 1_000}`,
      );
}

describe('[F15] firings of an alert whose head has no more room for times', () => {
  it('are put off when they follow closely, the newest of a batch', () => {
    expect(fate(full, batch([fires(last + 0.5)]))).toEqual([`put off: ${last + 0.5}`]);
    expect(fate(full, batch([fires(last + 0.5), fires(last + 1.5)]))).toEqual([`put off: ${last + 1.5}`]);
  });

  it('are decided after a few seconds, not all after the same time', () => {
    const fates = Array.from({ length: 40 }, (_, i) =>
      String(fate(full, batch([fires(last + 3)], { receipt: `receipt ${i}` }))),
    );
    expect(new Set(fates)).toEqual(new Set(['decided now', `put off: ${last + 3}`]));
    expect(fate(full, batch([fires(last + 4)]))).toBe('decided now');
  });

  it('are needless when others are known or awaited close by', () => {
    expect(fate(full, batch([fires(3.5), fires(7.1)]))).toBe('needless');
    expect(fate(full, batch([fires(last + 1)]), last + 1.5)).toBe('needless');
    expect(fate(full, batch([fires(last + 1.6)]), last + 1.5)).toEqual([`put off: ${last + 1.6}`]);
  });

  it('are decided when they come back', () => {
    expect(fate(full, batch([fires(last + 1)], { isPutOff: true }))).toBe('decided now');
    expect(fate(full, batch([fires(3.5)], { isPutOff: true }))).toBe('needless');
  });

  it('are decided now when they say anything else', () => {
    expect(fate(full, batch([fires(-1)]))).toBe('decided now');
    expect(fate(full, batch([fires(last + 1, { severity: 'P1_CRITICAL' })]))).toBe('decided now');
    expect(fate(full, batch([fires(last + 1), resolves(last + 0.5)]))).toBe('decided now');
    expect(fate(full, batch([resolves(last + 0.5)]))).toBe('decided now');
    expect(fate(full, { ...batch([]), askedAt: epoch })).toBe('decided now');
    expect(fate(withSignal(full, resolves(last + 0.5)), batch([fires(last + 1)]))).toBe('decided now');
  });

  it('are decided now when the alert would end by itself meanwhile, or goes on for longer than known', () => {
    const ends = (seconds: number) => ({ until: epoch + seconds * 1_000 });
    const ending = heardOf(Array.from({ length: MAX_EVENTS }, (_, second) => fires(second, ends(100))));
    expect(fate(ending, batch([fires(last + 1, ends(110))]))).toEqual([`put off: ${last + 1}`]);
    expect(fate(ending, batch([fires(last + 1, ends(130))]))).toBe('decided now');
    const soon = heardOf(Array.from({ length: MAX_EVENTS }, (_, second) => fires(85 + second, ends(110))));
    expect(fate(soon, batch([fires(101, ends(110))]))).toBe('decided now');
  });

  it('are all decided while there is room', () => {
    const roomy = heardOf(Array.from({ length: MAX_EVENTS - 1 }, (_, second) => fires(second)));
    expect(fate(roomy, batch([fires(MAX_EVENTS - 1.5)]))).toBe('decided now');
    expect(fate(undefined, batch([fires(1)]))).toBe('decided now');
  });

  describe('that go elsewhere by their rules', () => {
    const elsewhere = { labels: { k: 'db' } };

    /** A full head, whose firing of a second goes elsewhere. */
    function fullWith(second: number): AlertHead {
      const world = new DetectionMemory(rules);
      for (let at = 0; at < MAX_EVENTS; at++)
        world.receive([post(fires(at, at === second ? elsewhere : {}))], epoch + at * 1_000);
      return world.heads.get(unheard.fingerprint) ?? unheard;
    }

    it('are decided now, also together with one that goes on, or when one of those is awaited', () => {
      const head = fullWith(-1);
      expect(fate(head, batch([fires(last + 0.5)]))).toEqual([`put off: ${last + 0.5}`]);
      expect(fate(head, batch([fires(last + 0.5, elsewhere)]))).toBe('decided now');
      expect(fate(head, batch([fires(last + 0.5, elsewhere), fires(last + 1)]))).toBe('decided now');
      expect(fate(head, batch([fires(3.5, elsewhere)]))).toBe('decided now');
      expect(fate(head, batch([fires(last + 1, elsewhere)]), last + 1.5)).toBe('decided now');
    });

    it('are put off, each way its newest, when such ones are known', () => {
      const both = batch([fires(last + 0.2, elsewhere), fires(last + 0.4, elsewhere), fires(last + 0.5)]);
      const later = ['put off: 15.4', 'put off: 15.5'];
      expect(fate(fullWith(last), both)).toEqual(later);
      expect(fate(fullWith(last - 1), both)).toEqual(later);
      expect(fate(fullWith(3), both)).toBe('decided now');
    });
  });

  it('and resolves among them leave the same state, and the same newest time, in any order and division', () => {
    const said = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 12_000 }),
        ends: fc.constantFrom(false, false, false, true),
      }),
      { minLength: 20, maxLength: 60 },
    );
    const play = fc.property(said, fc.infiniteStream(fc.nat()), (times, chances) => {
      const signals = times.map(({ at, ends }) => (ends ? resolves(at / 1_000) : fires(at / 1_000)));
      const head = heardInBatches(signals, () => Number(chances.next().value));
      const newest = Math.max(...signals.map(({ at }) => at));
      const known = Math.max(...head.firings, ...head.resolves);
      expect(known).toBe(newest);
      const isOver = signals.some(({ at, state }) => at === newest && state === 'resolved');
      expect(stateOf(head)).toBe(isOver ? 'resolved' : 'firing');
    });
    fc.assert(play, { numRuns: 300 });
  });
});

/** The head after all of these in batches of a few, what was put off among them at any later time. */
function heardInBatches(signals: readonly Signal[], chance: () => number): AlertHead {
  let head = withSignal(unheard, fires(-1));
  let left = signals.map((one) => ({ one, isPutOff: false }));
  while (left.length > 0) {
    const some = left.filter(() => chance() % 4 === 0).slice(0, 5);
    if (some.length === 0) continue;
    left = left.filter((each) => !some.includes(each));
    for (const isPutOff of [false, true]) {
      const own = some.filter((each) => each.isPutOff === isPutOff).map(({ one }) => one);
      if (own.length === 0) continue;
      const sorted = own.toSorted((a, b) => a.at - b.at);
      const said = batch(sorted, isPutOff ? { isPutOff: true } : {});
      const { due, later } = unhurried([said], { heads: new Map([[head.fingerprint, head]]), rules });
      head = due
        .flatMap(({ firings, others }) => [...firings, ...others])
        .reduce((before, { signal: one }) => withSignal(before, one), head);
      left.push(...later.map(({ firing: { signal: one } }) => ({ one, isPutOff: true })));
    }
  }
  return head;
}
