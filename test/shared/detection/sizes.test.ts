import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import {
  type AlertHead,
  lapsedBy,
  MAX_EVENTS,
  MAX_MEMBERSHIPS,
  withMembership,
  withSignal,
} from '../../../shared/detection/index.ts';
import { chunkEntries, type ReasonedEntry } from '../../../shared/incidents/index.ts';
import { epoch, fingerprint, integration, org, signal } from '../../support/signals.ts';

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
