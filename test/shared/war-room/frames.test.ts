import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactView } from '../../../shared/incidents/index.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { clientMessage, FRAME_BYTES, factsFrame } from '../../../shared/war-room/index.ts';

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
        const frame = factsFrame('facts', incident, facts);
        if (frame.type !== 'facts') throw new Error('Not a frame of facts');
        const ordered = facts.map(({ seq }) => seq).toSorted((a, b) => a - b);
        expect(frame.facts.map(({ seq }) => seq)).toEqual(ordered.slice(0, frame.facts.length));
        expect(new TextEncoder().encode(JSON.stringify(frame.facts)).length).toBeLessThanOrEqual(
          FRAME_BYTES + 2,
        );
        expect(frame.last).toBe(ordered.at(-1) ?? 0);
      }),
    );
  });

  it('holds everything that fits', () => {
    const facts = [fact(2), fact(1), fact(3)];
    expect(factsFrame('joined', incident, facts)).toMatchObject({
      facts: [fact(1), fact(2), fact(3)],
      last: 3,
    });
    expect(factsFrame('joined', incident, [], 7)).toMatchObject({ facts: [], last: 7 });
  });
});

describe('a message of a client', () => {
  it('joins from the beginning unless it says from where', () => {
    expect(clientMessage.parse({ v: 1, type: 'join', incident })).toEqual({
      v: 1,
      type: 'join',
      incident,
      after: 0,
    });
  });

  it.each([
    { v: 2, type: 'ping' },
    { type: 'ping' },
    { v: 1, type: 'shout' },
    { v: 1, type: 'ping', org: 'x' },
    { v: 1, type: 'join', incident: 'INC-1' },
    { v: 1, type: 'join', incident, after: -1 },
    { v: 1, type: 'join', incident, after: 1e12 },
    null,
  ])('is refused as %j', (message) => {
    expect(clientMessage.safeParse(message).success).toBe(false);
  });
});
