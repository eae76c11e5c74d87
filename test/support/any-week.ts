import fc from 'fast-check';
import type { Rules } from '../../functions/detection/ports.ts';
import type { Quiet, Signal, SignalsMessage } from '../../shared/alerts/index.ts';
import {
  defaultCorrelation,
  Inhibitions,
  inhibitionSchema,
  type Rule,
  ruleSchema,
  ServiceGraph,
} from '../../shared/detection/index.ts';
import { serviceSchema } from '../../shared/incidents/index.ts';
import { HOUR, SECOND } from '../../shared/kernel/index.ts';
import { epoch, post, signal } from './signals.ts';
import { maintenance, silence } from './silences.ts';

/** What an organisation has in force, what is kept quiet, and what its source says: in whole minutes, so that a sweep a minute later finds what it would find. */
export interface Week {
  readonly inForce: Omit<Rules, 'version'>;
  readonly quiets: readonly Quiet[];
  /** In the order in which they are received, one in two minutes at most: a worker counts for a storm what it opens alone only with others. */
  readonly posts: readonly SignalsMessage[];
  /** When all has ended. */
  readonly end: number;
}

const rule = (more: object): Rule => ruleSchema.parse({ id: 'r', name: 'One', ...more });
const byTitle = rule({ id: 'title', name: 'By title', group: { by: ['title'] } });

const ruleSets: readonly (readonly Rule[])[] = [
  [],
  [byTitle],
  [rule({ conditions: { threshold: 2, timeWindow: 600 } })],
  [
    rule({ id: 'no', conditions: { alertPattern: '^a ' }, actions: { createIncident: false } }),
    rule({ id: 'all', group: { by: ['source'] }, conditions: { severity: 'P1_CRITICAL' } }),
  ],
  [rule({ conditions: { members: { label: 'kind', atLeast: 2 }, timeWindow: 900 } }), byTitle],
  [rule({ conditions: { minDuration: 600 }, actions: { cooldown: 3_600 } })],
  [rule({ group: { by: ['title'] }, conditions: { minDuration: 240 }, actions: { autoResolve: 1_200 } })],
  [
    rule({ id: 'low', conditions: { severity: 'P4_LOW', alertPattern: '^b ' }, actions: { urgency: 'low' } }),
    rule({ id: 'rest', actions: { cooldown: 1_800, assignToTeam: 'payments' } }),
  ],
];

const down = inhibitionSchema.parse({ id: 'down', source: 'kind="cluster"', target: 'kind="instance"' });
const graph = new ServiceGraph(
  [
    { id: 'checkout', dependsOn: ['search'], owner: 'payments' },
    { id: 'web', dependsOn: ['checkout'] },
  ].map((one) => serviceSchema.parse(one)),
);

const inForce: fc.Arbitrary<Week['inForce']> = fc
  .record({
    rules: fc.constantFrom(...ruleSets),
    isMuting: fc.boolean(),
    isCorrelating: fc.boolean(),
    stormLimit: fc.constantFrom(undefined, 4),
    flapping: fc.constantFrom(undefined, { changes: 4, within: 600 * SECOND }),
  })
  .map(({ rules, isMuting, isCorrelating, stormLimit, flapping }) => ({
    rules,
    ...(isMuting && { inhibitions: new Inhibitions([down]) }),
    ...(isCorrelating && { correlating: { graph, settings: defaultCorrelation } }),
    ...(stormLimit !== undefined && { stormLimit }),
    ...(flapping && { flapping }),
  }));

/** Quiets begin and end in even minutes, and what is received comes in even minutes, too: then a minute later nothing else happens. */
const STEP = 120;

const quiet: fc.Arbitrary<Quiet> = fc
  .record({
    from: fc.integer({ min: 0, max: 30 }),
    lasts: fc.integer({ min: 1, max: 40 }),
    kind: fc.constantFrom('silence' as const, 'until-resolved' as const, 'maintenance' as const),
    names: fc.constantFrom('a.*', '[ab].*', '.*'),
  })
  .map(({ from, lasts, kind, names }) => {
    const times = [from * STEP, (from + lasts) * STEP] as const;
    if (kind === 'maintenance') return maintenance(...times, 'checkout');
    const matchers = [{ name: 'title', op: '=~', value: names }] as const;
    return silence(...times, matchers, kind === 'silence' ? {} : { untilResolved: true });
  });

const said = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  state: fc.constantFrom('firing' as const, 'firing' as const, 'resolved' as const),
  severity: fc.constantFrom('P1_CRITICAL' as const, 'P3_MEDIUM' as const, 'P5_INFO' as const),
  service: fc.constantFrom('checkout', 'search', 'web'),
  late: fc.constantFrom(0, 0, 0, 60, 600),
});

const one = fc.record({
  after: fc.integer({ min: 1, max: 12 }),
  said: fc.array(said, { minLength: 1, maxLength: 3 }),
  /** How many more fire at once. */
  many: fc.constantFrom(0, 0, 0, 7),
});

const kinds: Readonly<Record<string, string>> = { a: 'cluster', b: 'instance', c: 'instance', d: 'disk' };

export const anyWeek: fc.Arbitrary<Week> = fc
  .record({
    inForce,
    // Of two that end at once, either may be looked at first, and name what comes of both.
    quiets: fc.uniqueArray(quiet, { maxLength: 2, selector: ({ to }) => to }),
    plan: fc.array(one, { minLength: 1, maxLength: 12 }),
  })
  .map(({ inForce: decides, quiets, plan }) => {
    let at = 0;
    const posts = plan.map(({ after, said: own, many }) => {
      at += after * STEP;
      const more = Array.from({ length: many }, (_, i) =>
        signal(`m${i}`, 'firing', at, { labels: { kind: 'instance' }, service: 'search' }),
      );
      const signals = own.map(({ name, state, severity, service, late }): Signal => {
        const firing = { severity, service, labels: kinds[name] ? { kind: kinds[name] } : {} };
        return signal(name, state, Math.max(0, at - late), state === 'firing' ? firing : {});
      });
      return { ...post(...signals, ...more), receivedAt: epoch + at * SECOND };
    });
    return { inForce: decides, quiets, posts, end: epoch + at * SECOND + 4 * HOUR };
  });
