import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCorrelation, Replay, ruleSchema, ServiceGraph } from '../../../shared/detection/index.ts';
import { serviceSchema } from '../../../shared/incidents/index.ts';
import { epoch, org, post, signal } from '../../support/signals.ts';

type Said = readonly [at: number, name: string, state: 'firing' | 'resolved', more?: object];

const lasting = (seconds: number, more = {}) =>
  ruleSchema.parse({ id: 'r', name: 'R', conditions: { minDuration: seconds }, ...more });

/** When an incident's generations page first, in seconds, after these are said. */
function pagesOf(rules: readonly ReturnType<typeof lasting>[], said: readonly Said[], setting = {}) {
  const replay = new Replay(org, rules, setting);
  for (const [at, name, state, more] of said.toSorted(([a], [b]) => a - b))
    replay.receive({ ...post(signal(name, state, at, more)), receivedAt: epoch + at * 1_000 });
  return replay
    .finish(epoch + 20_000_000)
    .incidents.flatMap(({ pages }) => pages.map((page) => (page - epoch) / 1_000));
}

const flaps = [0, 60, 120, 180, 240, 299].map(
  (at, i): Said => [at, 'a', i % 2 === 0 ? 'firing' : 'resolved'],
);

describe('what must go on for a while before it pages', () => {
  it('pages nobody when it flaps and never does, though its incident stays open', () => {
    expect(pagesOf([lasting(300)], flaps)).toEqual([]);
  });

  it('nor when others of its group have begun before it ends, and none goes on', () => {
    const said = Array.from({ length: 30 }, (_, i): readonly Said[] => [
      [i * 40, `a${i}`, 'firing'],
      [i * 40 + 45, `a${i}`, 'resolved'],
    ]).flat();
    expect(pagesOf([lasting(600)], said)).toEqual([]);
  });

  it('pages when one of them does at last, so long after that one began', () => {
    const said: readonly Said[] = [...flaps, [400, 'a', 'firing']];
    expect(pagesOf([lasting(300)], said)).toEqual([700]);
    const others: readonly Said[] = [
      [0, 'a', 'firing'],
      [290, 'b', 'firing'],
      [295, 'a', 'resolved'],
    ];
    expect(pagesOf([lasting(300)], others)).toEqual([590]);
  });

  it('and when it is due, where the alert goes on, or when one joins that need not last', () => {
    expect(pagesOf([lasting(300)], [[0, 'a', 'firing']])).toEqual([300]);
    const loud = ruleSchema.parse({ id: 'all', name: 'All' });
    const quiet = lasting(300, {
      id: 'q',
      continue: true,
      conditions: { minDuration: 300, when: 'env="dev"' },
    });
    const said: readonly Said[] = [
      [0, 'a', 'firing', { labels: { env: 'dev' } }],
      [200, 'b', 'firing'],
      [250, 'a', 'resolved'],
    ];
    expect(pagesOf([quiet, loud], said)).toEqual([200]);
  });

  it('an alert of an incident that was merged into another lasts as long as its own rule asks, too', () => {
    const services = [
      { id: 'checkout', dependsOn: ['search'] },
      { id: 'web', dependsOn: ['checkout'] },
    ];
    const graph = new ServiceGraph(services.map((one) => serviceSchema.parse(one)));
    const correlating = { graph, settings: defaultCorrelation };
    const of = (service: string) => ({ service });
    const said: readonly Said[] = [
      [0, 'a', 'firing', of('checkout')],
      [10, 'a', 'resolved'],
      [100, 'a', 'firing', of('search')],
      [290, 'b', 'firing', of('search')],
      // Which opens the first incident again; the two become one.
      [300, 'e', 'firing', of('checkout')],
      [300, 'a', 'firing', of('web')],
      [650, 'a', 'resolved'],
      [650, 'e', 'resolved'],
    ];
    expect(pagesOf([lasting(600)], said, { correlating })).toEqual([890]);
  });

  it('a page that a cooldown held waits until something goes on again', () => {
    const cooling = ruleSchema.parse({ id: 'r', name: 'R', actions: { cooldown: 1_200 } });
    const again = (from: number): readonly Said[] =>
      Array.from({ length: 6 }, (_, i): Said => [from + i * 60, 'a', i % 2 === 0 ? 'firing' : 'resolved']);
    expect(pagesOf([cooling], [...again(0), ...again(860)])).toEqual([0]);
  });

  it('holds none of its group that pages sooner by itself, whichever came first, also once it was put off', () => {
    const holds = [0, 60, 600, 3_600];
    const rules = holds.slice(1).map((minDuration) => {
      const conditions = { when: `hold="${minDuration}"`, minDuration };
      return ruleSchema.parse({ id: `r${minDuration}`, name: 'R', continue: true, conditions });
    });
    const one = fc.record({
      at: fc.integer({ min: 1, max: 1_500 }),
      hold: fc.constantFrom(...holds),
      lasts: fc.constantFrom(45, 300, 700, 50_000),
    });
    const all = fc.uniqueArray(one, { selector: ({ at }) => at, minLength: 1, maxLength: 5 });
    const of = (hold: number) => ({ labels: { hold: `${hold}` } });
    fc.assert(
      fc.property(all, (alerts) => {
        const said = alerts.flatMap(({ at, hold, lasts }, i): readonly Said[] => [
          [at, `a${i}`, 'firing', of(hold)],
          [at + lasts, `a${i}`, 'resolved', of(hold)],
        ]);
        // The first one keeps the incident open.
        const open: Said = [0, 'first', 'firing', of(3_600)];
        const [page] = pagesOf([...rules, ruleSchema.parse({ id: 'all', name: 'All' })], [open, ...said]);
        const lasting = alerts.filter(({ hold, lasts }) => lasts > hold);
        expect(page).toBe(Math.min(3_600, ...lasting.map(({ at, hold }) => at + hold)));
      }),
      { numRuns: 200 },
    );
  });

  it('a page that is due in an incident that is merged into an earlier one is held no longer there', () => {
    const of = (hold: number) => ({ labels: { hold: `${hold}` } });
    const rules = [600, 3_600].map((minDuration) =>
      lasting(0, {
        id: `r${minDuration}`,
        continue: true,
        conditions: { when: `hold="${minDuration}"`, minDuration },
      }),
    );
    const replay = new Replay(org, [...rules, ruleSchema.parse({ id: 'all', name: 'All' })]);
    for (const [heard, at, name, state, hold] of [
      [0, 0, 'a', 'firing', 0],
      [100, 100, 'a', 'resolved', 0],
      [1_400, 1_400, 'b', 'firing', 600],
      // Which is heard of late, and belongs to both.
      [1_500, 700, 'c', 'firing', 3_600],
    ] as const)
      replay.receive({ ...post(signal(name, state, at, of(hold))), receivedAt: epoch + heard * 1_000 });
    const { incidents } = replay.finish(epoch + 20_000_000);
    expect(incidents.map(({ pages }) => pages.map((page) => (page - epoch) / 1_000))).toEqual([[0, 2_000]]);
  });

  it('a page that a cooldown holds comes no sooner for what joins, unless that is more severe', () => {
    const cooling = ruleSchema.parse({ id: 'r', name: 'R', actions: { cooldown: 1_200 } });
    const said = (severity: string): readonly Said[] => [
      [0, 'a', 'firing'],
      [100, 'a', 'resolved'],
      [700, 'a', 'firing'],
      [800, 'b', 'firing', { severity }],
    ];
    expect(pagesOf([cooling], said('P3_MEDIUM'))).toEqual([0, 1_200]);
    expect(pagesOf([cooling], said('P1_CRITICAL'))).toEqual([0, 800]);
  });
});
