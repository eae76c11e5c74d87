import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factView, incidentsApi, incidentView } from '../../../shared/incidents/api.ts';
import {
  decideIncident,
  evolveIncident,
  type LoggedFact,
  viewFact,
  viewIncident,
} from '../../../shared/incidents/index.ts';
import { idOf, Refusal } from '../../../shared/kernel/index.ts';
import { commandsInTime } from '../../support/arbitrary-incident.ts';
import { ann, inc, incidentAfter, minutes, opened, org, T0, triggered } from '../../support/given.ts';

const logged = (seq: number, fact: object): LoggedFact =>
  ({
    id: idOf('fact', T0, String(seq)),
    org,
    incidentId: inc,
    seq,
    recordedAt: T0,
    actor: ann,
    occurredAt: T0,
    ...fact,
  }) as LoggedFact;

const alerts = (seq: number, ...entries: readonly (readonly [string, string])[]): LoggedFact =>
  logged(seq, {
    type: 'alerts.changed',
    data: {
      why: 'service=checkout',
      entries: entries.map(([fingerprint, state]) => ({
        fingerprint,
        state,
        title: 'p99',
        severity: 'P2_HIGH',
        at: T0,
      })),
    },
  });

describe('an incident as the API shows it', () => {
  it('has its times as RFC 3339 and says what comes next', () => {
    expect(viewIncident(triggered())).toMatchObject({
      name: 'INC-12',
      state: 'triggered',
      openedAt: '2026-11-02T09:00:00.000Z',
      next: { step: 1, dueAt: '2026-11-02T09:00:00.000Z' },
    });
  });
  it('fits its schema in every state that commands lead to, and keeps the inside inside', () => {
    fc.assert(
      fc.property(commandsInTime, (commands) => {
        let incident = incidentAfter(opened({ correlation: { hash: 'abc', rule: 'rul', key: 'service=x' } }));
        for (const { command, now } of commands) {
          try {
            for (const fact of decideIncident(incident, command, now)) {
              incident = evolveIncident(incident, fact, {
                org,
                incidentId: inc,
                actor: ann,
                recordedAt: now,
              });
              expect(factView.safeParse(viewFact(logged(1, fact))).error).toBeUndefined();
            }
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        }
        const view = viewIncident(incident);
        expect(incidentView.safeParse(view).error).toBeUndefined();
        expect(JSON.stringify(view)).not.toContain(org);
      }),
    );
  });
});

describe('a fact as the API shows it', () => {
  it('has no number where a time stands', () => {
    const next = { step: 2, dueAt: minutes(5) };
    const data = { generation: 1, step: 1, level: 1, targets: [], next };
    expect(viewFact(logged(3, { type: 'incident.escalated', data })).data).toMatchObject({
      next: { step: 2, dueAt: '2026-11-02T09:05:00.000Z' },
    });
    expect(viewFact(alerts(4, ['a', 'firing'])).data).toMatchObject({
      entries: [{ at: '2026-11-02T09:00:00.000Z' }],
    });
  });
});

describe('what a change may say', () => {
  const update = incidentsApi.update.body;
  it('[F58] is nothing but state, severity, title, note and version', () => {
    for (const extra of ['org', 'id', 'openedAt', 'role', 'ttl', 'pk', '__proto__x']) {
      expect(update.safeParse({ title: 'x', [extra]: 'y' }).success).toBe(false);
    }
  });
  it('is something', () => {
    expect(update.safeParse({}).success).toBe(false);
    expect(update.safeParse({ version: 3 }).success).toBe(false);
    expect(update.safeParse({ severity: 'P1_CRITICAL' }).success).toBe(true);
  });
  it('has a note only with a resolve', () => {
    expect(update.safeParse({ title: 'x', note: 'why' }).success).toBe(false);
    expect(update.safeParse({ state: 'resolved', note: 'rolled back' }).success).toBe(true);
  });
});

describe('what a list may be asked for', () => {
  const query = incidentsApi.list.query;
  it('[F60] is a limit from 1 to 200', () => {
    for (const limit of ['-1', '0', '201', '1e9', 'x', '1.5']) {
      expect(query.safeParse({ limit }).success).toBe(false);
    }
    expect(query.parse({ limit: '200' }).limit).toBe(200);
    expect(query.parse({}).limit).toBe(50);
  });
  it('[F60] is nothing that it does not know', () => {
    expect(query.safeParse({ sort: '__proto__' }).success).toBe(false);
  });
  it('has times with any offset', () => {
    expect(query.parse({ openedAfter: '2026-11-02T10:00:00+01:00' }).openedAfter).toBe(T0);
    expect(query.safeParse({ openedAfter: 'yesterday' }).success).toBe(false);
  });
});

describe('ids of incidents', () => {
  it('[F59] are of one form only', () => {
    const { params } = incidentsApi.get;
    const bad = ['../x', '%2e%2e', 'INC#1#2', 'x'.repeat(10_240), '🔥', 'constructor', '', `${inc}x`];
    for (const id of bad) expect(params.safeParse({ id }).success).toBe(false);
    expect(params.safeParse({ id: inc }).success).toBe(true);
  });
});
