import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideIncident, evolveIncident } from '../../../shared/incidents/index.ts';
import { type Actor, digest, fromOutside, idOf, Refusal } from '../../../shared/kernel/index.ts';
import { commandsInTime } from '../../support/arbitrary-incident.ts';
import { inc, incidentAfter, opened, org, T0 } from '../../support/given.ts';

/** A text of so many units, of one byte or three each: as far as schemas and translators let one be. */
const text = (units: number) =>
  fc.constantFrom('x', '語', 'é', '🔥').map((letter) => letter.repeat(units / letter.length));
const recorded = {
  ...{ org, incidentId: inc, id: idOf('fact', T0, 'any') },
  cause: fromOutside('JKJaXmPLvHcESHA='),
};
const data = fc.record({
  title: text(250),
  description: text(1_000),
  service: text(100),
  runbook: text(500),
  key: text(2_800),
});

describe('no item grows with use', () => {
  it('the head of an incident stays under 4 KB, whatever its sender says and whatever is done to it', () => {
    fc.assert(
      fc.property(data, text(100), commandsInTime, ({ key, ...said }, name, commands) => {
        const actor: Actor = { kind: 'person', id: `per_${'x'.repeat(60)}`, name };
        const correlation = { hash: digest(key), rule: 'r'.repeat(100), key };
        let incident = incidentAfter(
          opened({ ...said, correlation, policy: 'p'.repeat(64), escalateAfter: 86_400 }),
        );
        for (const { command, now } of commands) {
          try {
            for (const fact of decideIncident(incident, command, now))
              incident = evolveIncident(incident, fact, { ...recorded, actor, recordedAt: now });
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
          expect(Buffer.byteLength(JSON.stringify({ ...incident, openedBy: actor }))).toBeLessThan(4_096);
        }
      }),
    );
  });
});
