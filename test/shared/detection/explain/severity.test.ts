import { describe, expect, it } from 'vitest';
import type { ControlFact } from '../../../../shared/incidents/index.ts';
import { idOf } from '../../../../shared/kernel/index.ts';
import { told } from '../../../support/explained.ts';
import { entry, explainedIncident as explained, joined } from '../../../support/explained-incident.ts';
import { minutes, opened, T0 } from '../../../support/given.ts';

const other = idOf('incident', T0, 'second');
const why = "Rule 'By service' (matches every alert); grouped by service=checkout";
const begun = opened({ severity: 'P2_HIGH' });

describe('why an incident became as severe as it is', () => {
  it('names the alert that made it more severe', () => {
    const raised: ControlFact = {
      type: 'incident.severity-changed',
      occurredAt: minutes(4),
      data: { from: 'P2_HIGH', to: 'P1_CRITICAL' },
    };
    const said = explained([
      begun,
      joined(0, why, entry('a')),
      raised,
      joined(4, why, entry('b', { severity: 'P1_CRITICAL' }), entry('c')),
    ]);
    expect(told(said, 'severity')).toEqual([
      'The system raised the severity from P2 High to P1 Critical.',
      'Because of “b fails”, which is P1 Critical.',
    ]);
  });

  it('names none for sure of several that came together, of which one has it page', () => {
    const lifted: ControlFact = {
      type: 'incident.severity-changed',
      occurredAt: minutes(4),
      data: { from: 'P2_HIGH', to: 'P2_HIGH', urgency: 'normal' },
    };
    const linesOf = (...came: Parameters<typeof entry>[]) =>
      told(
        explained([begun, lifted, joined(4, why, ...came.map((each) => entry(...each)))]),
        'severity',
      ).slice(1);
    expect(linesOf(['b'], ['c', { severity: 'P3_MEDIUM' }], ['d', { severity: 'P4_LOW' }])).toEqual([
      'Because of one of these, at least, which came together:',
      '“b fails”, which is P2 High.',
      '“c fails”, which is P3 Medium.',
    ]);
    expect(linesOf(['c', { severity: 'P3_MEDIUM' }])).toEqual(['Because of “c fails”, which is P3 Medium.']);
  });

  it('says that it became more severe with another that was merged into it', () => {
    const said = explained([
      begun,
      { type: 'incident.absorbed', occurredAt: minutes(4), data: { from: other, number: 27, reason: 'One' } },
      {
        type: 'incident.severity-changed',
        occurredAt: minutes(4),
        data: { from: 'P2_HIGH', to: 'P1_CRITICAL' },
      },
    ]);
    expect(told(said, 'severity').at(-1)).toBe('Because INC-27 was merged into this, which was as severe.');
  });
});
