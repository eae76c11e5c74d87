import { describe, expect, it } from 'vitest';
import type { MaintenanceWindow } from '../../../shared/alerts/index.ts';
import { decideIncident, heldStep, type Incident, putOffBy } from '../../../shared/incidents/index.ts';
import { HOUR, idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { ann, incidentAfter, opened, T0 } from '../../support/given.ts';

const window = (to: number, id = 'x'): MaintenanceWindow => ({
  ...{ kind: 'maintenance', id: idOf('maintenanceWindow', T0, id), services: ['api'] },
  ...{ from: T0 - 1, to, comment: 'new disks', createdBy: ann, createdAt: T0, version: 1 },
});

const correlation = { hash: 'h', rule: 'r', key: 'service=api' };
const said = (data: object = {}) => opened({ service: 'api', correlation, ...data });
const incident = (data: object = {}): Incident => incidentAfter(said(data));

describe('[M11] the escalation of an incident whose service is under maintenance', () => {
  it('waits for the end of that, and says so', () => {
    const wanted = putOffBy(incident(), [window(T0 + HOUR)], T0);
    expect(wanted).toMatchObject({ next: { step: 1, dueAt: T0 + HOUR, heldBy: window(0).id } });
    const facts = wanted ? decideIncident(incident(), wanted, T0) : [];
    expect(facts).toMatchObject([
      { type: 'incident.put-off', data: { by: expect.stringContaining('new disks') } },
    ]);
    const after = incidentAfter(said(), ...facts);
    expect(putOffBy(after, [window(T0 + HOUR)], T0 + MINUTE)).toBeUndefined();
    expect(putOffBy(after, [window(T0 + HOUR)], T0 + HOUR)).toBeUndefined();
  });

  it('goes on when it ends before its time, and later when it lasts longer', () => {
    const held = incident({ next: { step: 1, dueAt: T0 + HOUR, heldBy: window(0).id } });
    expect(putOffBy(held, [], T0 + MINUTE)).toMatchObject({ next: { step: 1, dueAt: T0 + MINUTE } });
    expect(putOffBy(held, [window(T0 + 2 * HOUR)], T0 + MINUTE)).toMatchObject({
      next: { dueAt: T0 + 2 * HOUR },
    });
    expect(putOffBy(held, [window(T0 + HOUR / 2)], T0 + MINUTE)).toMatchObject({
      next: { dueAt: T0 + HOUR / 2 },
    });
  });

  it('is not that of another service, of what a person declared, or of what nobody is woken for', () => {
    const windows = [window(T0 + HOUR)];
    expect(putOffBy(incident({ service: 'web' }), windows, T0)).toBeUndefined();
    expect(putOffBy(incidentAfter(opened({ service: 'api' })), windows, T0)).toBeUndefined();
    expect(putOffBy(incident({ severity: 'P5_INFO', next: undefined }), windows, T0)).toBeUndefined();
  });

  it('is told from the beginning of the window, before the step is due', () => {
    const later = incident({ next: { step: 2, dueAt: T0 + 5 * MINUTE } });
    const told = { until: T0 + HOUR, by: expect.stringContaining('new disks') };
    expect(heldStep(later, [window(T0 + HOUR)], T0)).toEqual(told);
    expect(heldStep(later, [window(T0 + MINUTE)], T0)).toBeUndefined();
    const held = incident({ next: { step: 2, dueAt: T0 + HOUR, heldBy: window(0).id } });
    expect(heldStep(held, [window(T0 + HOUR)], T0 + MINUTE)).toEqual(told);
    expect(heldStep(held, [window(T0 + 2 * HOUR)], T0 + MINUTE)).toMatchObject({ until: T0 + 2 * HOUR });
  });

  it('changes nothing of a step that was taken meanwhile', () => {
    const wanted = { do: 'put-off', generation: 1, next: { step: 2, dueAt: T0 + HOUR } } as const;
    expect(decideIncident(incident(), wanted, T0)).toEqual([]);
    expect(
      decideIncident(incident(), { ...wanted, generation: 2, next: { step: 1, dueAt: T0 } }, T0),
    ).toEqual([]);
  });
});
