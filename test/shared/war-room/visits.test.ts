import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import { decideVisit, type Visit, type VisitEvent } from '../../../shared/war-room/index.ts';

const actor: Actor = { kind: 'person', id: 'per_ann', name: 'Ann' };
type Happened = readonly [at: number, event: VisitEvent];

function played(...events: readonly Happened[]): { facts: string[]; visit: Visit | undefined } {
  let visit: Visit | undefined;
  const facts: string[] = [];
  for (const [now, event] of events) {
    const decision = decideVisit(visit, event, { actor, now });
    visit = decision.visit;
    facts.push(...decision.facts.map(({ type, occurredAt }) => `${type} ${occurredAt / SECOND}`));
  }
  return { facts, visit };
}
const s = (seconds: number) => seconds * SECOND;

describe('joining and leaving', () => {
  it('are facts: leaving a minute later, with the time at which the person went', () => {
    expect(played([s(0), 'came'], [s(100), 'went'], [s(160), 'stayed-away'])).toEqual({
      facts: ['room.joined 0', 'room.left 100'],
      visit: undefined,
    });
  });

  it('are none for who is back within a minute', () => {
    const { facts } = played(
      [s(0), 'came'],
      [s(10), 'went'],
      [s(69), 'came'],
      [s(70), 'stayed-away'],
      [s(80), 'came'],
    );
    expect(facts).toEqual(['room.joined 0']);
  });

  it('are both told when the question about it came late', () => {
    const { facts } = played([s(0), 'came'], [s(10), 'went'], [s(500), 'came'], [s(501), 'stayed-away']);
    expect(facts).toEqual(['room.joined 0', 'room.left 10', 'room.joined 500']);
  });

  it('do not depend on how often they are told', () => {
    const { facts } = played(
      ...([
        [s(0), 'came'],
        [s(0), 'came'],
        [s(5), 'went'],
        [s(6), 'went'],
      ] as const),
      ...([
        [s(65), 'stayed-away'],
        [s(66), 'stayed-away'],
        [s(70), 'went'],
      ] as const),
    );
    expect(facts).toEqual(['room.joined 0', 'room.left 5']);
  });

  it('take turns, whatever happens, and nobody away for less than a minute has left', () => {
    const event = fc.tuple(fc.nat(300), fc.constantFrom<VisitEvent>('came', 'went', 'stayed-away'));
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const sorted = events.toSorted(([a], [b]) => a - b).map(([at, name]) => [s(at), name] as const);
        const { facts } = played(...sorted);
        facts.forEach((fact, i) => {
          expect(fact.startsWith(i % 2 === 0 ? 'room.joined' : 'room.left')).toBe(true);
        });
        for (let i = 1; i + 1 < facts.length; i += 2) {
          const [left, joined] = [facts[i], facts[i + 1]].map((text) => Number(text?.split(' ')[1]));
          expect((joined ?? 0) - (left ?? 0)).toBeGreaterThanOrEqual(MINUTE / SECOND);
        }
      }),
    );
  });
});
