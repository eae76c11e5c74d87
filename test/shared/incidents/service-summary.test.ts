import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severities } from '../../../shared/alerts/index.ts';
import { incidentsApi } from '../../../shared/incidents/api.ts';
import { byService, type Incident, isOpen, viewService } from '../../../shared/incidents/index.ts';
import { idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { ann, T0, triggered } from '../../support/given.ts';

let count = 0;
const incident = (service: string | undefined, more: Partial<Incident> = {}): Incident => {
  const { service: _, ...common } = triggered();
  return {
    ...common,
    ...(service !== undefined && { service }),
    id: idOf('incident', T0, `by service ${count++}`),
    ...more,
  } as Incident;
};
const over = { state: 'resolved', resolvedAt: T0, resolvedBy: ann } as const;
const names = (incidents: readonly Incident[]) => byService(incidents).services.map(({ name }) => name);

const anyIncident = fc
  .record({
    service: fc.constantFrom('a', 'b', '__proto__', undefined),
    severity: fc.constantFrom(...severities),
    openedAt: fc.nat(3).map((i) => T0 + i * MINUTE),
    state: fc.constantFrom({}, over, {
      state: 'acknowledged',
      acknowledgedAt: T0,
      acknowledgedBy: ann,
    } as const),
  })
  .map(({ service, severity, openedAt, state }) => incident(service, { severity, openedAt, ...state }));

describe('services', () => {
  it('stand in the order of what is most urgent in them, then of their last incident', () => {
    const all = [
      incident('quiet', { ...over, openedAt: T0 }),
      incident('recent', { ...over, openedAt: T0 + MINUTE }),
      incident('slow', { severity: 'P3_MEDIUM' }),
      incident('down', { severity: 'P1_CRITICAL' }),
      incident('down', { severity: 'P4_LOW' }),
    ];
    expect(names(all)).toEqual(['down', 'slow', 'recent', 'quiet']);
    expect(names(all.toReversed())).toEqual(['down', 'slow', 'recent', 'quiet']);
  });

  it('are told with how many of their incidents are open and unanswered, the worst of these, and the last', () => {
    const last = incident('web', { ...over, severity: 'P1_CRITICAL', openedAt: T0 + MINUTE });
    const all = [incident('web', { severity: 'P3_MEDIUM' }), incident('web', { severity: 'P2_HIGH' }), last];
    const { services, unnamed } = byService([...all, incident(undefined), incident(undefined, over)]);
    expect(unnamed).toBe(1);
    expect(services).toEqual([{ name: 'web', open: 2, triggered: 2, worst: 'P2_HIGH', last }]);
  });

  it('do not know of what was deleted', () => {
    expect(byService([incident('web', { deletedAt: T0 })])).toEqual({ services: [], unnamed: 0 });
  });

  it('count each incident once, in any order, in the form of the API', () => {
    fc.assert(
      fc.property(fc.array(anyIncident, { maxLength: 12 }), (incidents) => {
        const { services, unnamed } = byService(incidents);
        const open = services.reduce((sum, service) => sum + service.open, unnamed);
        expect(open).toBe(incidents.filter(isOpen).length);
        expect(new Set(names(incidents.toReversed()))).toEqual(new Set(services.map(({ name }) => name)));
        const items = services.map(viewService);
        const answer = { items, unnamed, since: '2026-11-02T09:00:00.000Z' };
        expect(incidentsApi['list-services'].answer.parse(answer)).toEqual(answer);
      }),
    );
  });
});
