import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactView } from '../../../shared/incidents/index.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { factsFrame, factsFrames, joinedFrame, limits } from '../../../shared/war-room/index.ts';

const incident = idOf('incident', 0, 'i');
const at = '2026-11-23T00:00:00.000Z';
const fact = (seq: number, text = ''): FactView => ({
  seq,
  id: `fct_${seq}`,
  type: 'incident.noted',
  occurredAt: at,
  recordedAt: at,
  actor: { kind: 'system', id: 'x' },
  data: { text },
});
const arbitraryFacts = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 4_000 })), {
    selector: ([seq]) => seq,
  })
  .map((entries) => entries.map(([seq, size]) => fact(seq, 'ä'.repeat(size))));

describe('a frame of facts', () => {
  it('is in order, never too large, leaves out only what comes last, and tells what the newest is', () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        const frame = factsFrame(incident, facts);
        const ordered = facts.map(({ seq }) => seq).toSorted((a, b) => a - b);
        expect(frame.facts.map(({ seq }) => seq)).toEqual(ordered.slice(0, frame.facts.length));
        expect(new TextEncoder().encode(JSON.stringify(frame.facts)).length).toBeLessThanOrEqual(
          limits.frameBytes + 2,
        );
        expect(frame.last).toBe(ordered.at(-1) ?? 0);
      }),
    );
  });

  it('is one of as many as it takes, which together tell everything, each of nothing beyond itself', () => {
    fc.assert(
      fc.property(arbitraryFacts, fc.integer({ min: 1, max: 8 }), (facts, most) => {
        const frames = factsFrames(incident, facts, most);
        const ordered = facts.map(({ seq }) => seq).toSorted((a, b) => a - b);
        const told = frames.flatMap((frame) => frame.facts.map(({ seq }) => seq));
        expect(told).toEqual(ordered.slice(0, told.length));
        expect(frames.length).toBeLessThanOrEqual(most);
        if (frames.length < most) expect(told).toEqual(ordered);
        for (const frame of frames.slice(0, -1)) expect(frame.last).toBe(frame.facts.at(-1)?.seq);
        expect(frames.at(-1)?.last).toBe(ordered.at(-1));
      }),
    );
  });

  it('holds everything that fits', () => {
    const facts = [fact(2), fact(1), fact(3)];
    expect(factsFrame(incident, facts)).toMatchObject({ facts: [fact(1), fact(2), fact(3)], last: 3 });
    expect(factsFrame(incident, [], 7)).toMatchObject({ facts: [], last: 7 });
  });

  it('[WR3] tells who is there beside the facts, and stays within its size with two thousand people', () => {
    const people = Array.from({ length: 2_000 }, (_, i) => ({ id: `per_${i}`, name: `Person ${i}` }));
    const facts = Array.from({ length: 100 }, (_, i) => fact(i + 1, 'x'.repeat(500)));
    const frame = joinedFrame(incident, facts, { last: 100, people, connections: 2_000 });
    expect(frame.people.length).toBeGreaterThan(100);
    expect(frame.facts.length).toBeGreaterThan(10);
    expect(new TextEncoder().encode(JSON.stringify(frame)).length).toBeLessThan(32 * 1024);
    expect(frame.last).toBe(100);
  });
});
