import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import {
  type AlertHead,
  type Decision,
  lapsedBy,
  MAX_EVENTS,
  MAX_MEMBERSHIPS,
  MOST_MEMBERSHIPS,
  matchRule,
  type Rule,
  ruleSchema,
  withMembership,
  withSignal,
} from '../../../shared/detection/index.ts';
import { chunkEntries, type ReasonedEntry } from '../../../shared/incidents/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, fingerprint, integration, org, post, signal } from '../../support/signals.ts';

const long = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.constantFrom('x'.repeat(1_000), '語'.repeat(1_000), '\u{1F525}'.repeat(500)),
);
const described: fc.Arbitrary<Partial<Signal>> = fc.record({
  title: long,
  service: fc.string({ minLength: 1, maxLength: 100 }),
  labels: fc.dictionary(fc.string({ minLength: 1, maxLength: 60 }), long, { maxKeys: 30 }),
  links: fc.array(fc.record({ href: long, text: long }), { maxLength: 6 }),
});

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** All that may keep a head quiet besides, at its most. */
function held({ firings }: AlertHead, why: string) {
  const clipped = withMembership({ memberships: [] } as unknown as AlertHead, {
    ...{ correlation: '', incident: 'inc_01M852FMSJAHJZRXK8E5QZ8S00', generation: 1, why },
  }).memberships[0]?.why;
  const groups = Array.from({ length: 8 }, (_, i) => fingerprint(`group ${i}`));
  return {
    suppressed: {
      ...{ by: 'sil_01M852FMSJAHJZRXK8E5QZ8S00', kind: 'silence', why: clipped, until: epoch },
      ...{ firings: firings.map((at) => [at, -1]), released: firings.slice(0, 4), content: 'x'.repeat(12) },
    },
    letGo: { firing: epoch, by: 'sil_01M852FMSJAHJZRXK8E5QZ8S00', why: clipped, at: epoch },
    ruledOut: { rule: 'x'.repeat(64), at: epoch, why: clipped },
    inhibits: groups,
    inhibitsAt: firings.map((at, i) => ['01234567'.replace(String(i % 8), ''), at]),
    mutable: groups.slice(0, 3).map((group) => [group, 'x'.repeat(12)]),
  };
}

describe('no item grows with use', () => {
  it('an alert head stays under 4 KB, whatever its source says and however often it fires', () => {
    fc.assert(
      fc.property(fc.array(described, { minLength: 1, maxLength: 40 }), long, (signals, why) => {
        const empty: AlertHead = {
          ...{
            org,
            fingerprint: fingerprint('a'),
            version: 1,
            integration,
            source: 'generic',
            labels: {},
            links: [],
          },
          ...{ firings: [], resolves: [], memberships: [] },
        };
        const head = signals.reduce((before, more, i) => {
          const state = i % 3 === 2 ? 'resolved' : 'firing';
          const until = epoch + 999_999_999 + i;
          const said = { ...more, ...(state === 'firing' && { until }) };
          const after = lapsedBy(withSignal(before, signal('a', state, i * 10, said)), until);
          const incident = `inc_01M852FMSJAHJZRXK8E5QZ8S${String(i).padStart(2, '0')}` as const;
          const seq = 999_999_999_999 - i;
          return withMembership(after, {
            correlation: fingerprint(String(i)),
            incident,
            generation: i,
            why,
            seq,
            pageAt: epoch,
            via: fingerprint('via').slice(0, 12),
          });
        }, empty);
        const routes = head.firings.flatMap((at) =>
          ['a', 'b', 'c'].map((name) => [fingerprint(`${at} ${name}`).slice(0, 12), at] as const),
        );
        const { inhibits, inhibitsAt } = held(head, why);
        expect(bytes({ ...head, routes, inhibits, inhibitsAt })).toBeLessThan(4_096);
        expect(bytes({ ...head, routes, ...held(head, why) })).toBeLessThan(8_192);
        expect(head.firings.length + head.resolves.length).toBeLessThanOrEqual(MAX_EVENTS);
        expect(head.memberships.length).toBeLessThanOrEqual(MAX_MEMBERSHIPS);
        const [one] = head.memberships;
        const many = Array.from({ length: MOST_MEMBERSHIPS }, () => one);
        expect(bytes({ ...head, routes, memberships: many, ...held(head, why) })).toBeLessThan(12_288);
      }),
    );
  });

  it('a fact about alerts stays under 2 KB, and no alert is left out', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 120 }), { minLength: 1, maxLength: 60 }), (titles) => {
        const entries = titles.map(
          (title, i): ReasonedEntry => ({
            ...{
              fingerprint: fingerprint(String(i)),
              state: 'firing',
              title,
              severity: 'P1_CRITICAL',
              at: epoch,
            },
            why: 'x'.repeat(200),
          }),
        );
        const facts = chunkEntries(entries);
        expect(facts.flatMap(({ data }) => data.entries)).toHaveLength(titles.length);
        for (const { data } of facts) expect(bytes(data)).toBeLessThan(2_048);
      }),
    );
  });
});

/** What its decisions say of incidents that open. */
class Opening extends DetectionMemory {
  readonly facts: unknown[] = [];
  protected override decide(...given: Parameters<DetectionMemory['decide']>): Decision {
    const decision = super.decide(...given);
    for (const { changes } of decision.keys)
      this.facts.push(...changes.flatMap(({ opening }) => opening?.data ?? []));
    return decision;
  }
}

/** As often as a template may name a label, with the longest value that a label may have. */
const often = (most: number): string => '{a}'.repeat(Math.floor(most / 3));
const longest = (end: string) => `${'語'.repeat(250 - end.length)}${end}`;
const filling = (more: object = {}): Rule =>
  ruleSchema.parse({
    ...{ id: 'r'.repeat(100), name: '語'.repeat(200) },
    actions: {
      set: {
        title: often(250),
        service: often(100),
        groupingKey: often(500),
        runbook: often(500),
        team: '語'.repeat(100),
      },
      ...more,
    },
  });

describe('what rules make of long texts of an alert', () => {
  it('is a few KB of the fact that an incident opened, at its most', () => {
    const memory = new Opening([filling({ escalateAfter: 86_400 })]);
    const said = { description: '語'.repeat(1_000), labels: { a: longest('') } };
    memory.receive([post(signal('a', 'firing', 0, said))], epoch);
    expect(memory.facts).toHaveLength(1);
    expect(bytes(memory.facts[0])).toBeLessThan(6_500);
  });

  it('and of a rule that groups by eight labels, too', () => {
    const names = Array.from({ length: 8 }, (_, i) => `${i}`.repeat(100));
    const by = names.map((name) => `label:${name}`);
    const memory = new Opening([ruleSchema.parse({ id: 'r', name: 'R', group: { by } })]);
    const labels = Object.fromEntries(names.map((name) => [name, '語'.repeat(250)]));
    memory.receive([post(signal('a', 'firing', 0, { labels }))], epoch);
    expect(bytes(memory.facts[0])).toBeLessThan(1_000);
  });

  it('clips the key in words, which differs still where only the end differs', () => {
    const matched = ['x', 'y', 'x'].map((end) =>
      matchRule([filling()], {
        signal: signal('a', 'firing', 0, { labels: { a: longest(end) } }),
        from: { source: 'generic', integration, receipt: 'r', receivedAt: epoch },
      }),
    );
    const [one, other, again] = matched;
    expect(one?.key).toMatch(/^key=語+…$/);
    expect(bytes(one?.key)).toBeLessThanOrEqual(302);
    expect(other?.key).toBe(one?.key);
    expect(other?.hash).not.toBe(one?.hash);
    expect(again?.hash).toBe(one?.hash);
    expect(bytes(one?.runbook)).toBeLessThanOrEqual(502);
  });
});
