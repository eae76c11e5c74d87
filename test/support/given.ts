import { expect } from 'vitest';
import {
  type ControlFact,
  decideIncident,
  evolveIncident,
  firstStep,
  type Incident,
  type IncidentCommand,
  type Opened,
  type Recorded,
  type Triggered,
} from '../../shared/incidents/index.ts';
import {
  type Actor,
  type ErrorCode,
  type Instant,
  idOf,
  MINUTE,
  Refusal,
} from '../../shared/kernel/index.ts';

/** When every story of these tests begins. */
export const T0: Instant = Date.UTC(2026, 10, 2, 9);
export const org = idOf('organisation', T0, 'acme');
export const inc = idOf('incident', T0, 'first');
export const ann: Actor = { kind: 'person', id: 'ann', name: 'Ann' };

/** `minutes(5)` is five minutes after the beginning. */
export const minutes = (count: number): Instant => T0 + count * MINUTE;

/** Opened as `declare` and detection open: with a first step when the severity wakes somebody. */
export function opened(data: Partial<Opened['data']> = {}): Opened {
  const severity = data.severity ?? 'P1_CRITICAL';
  const next = firstStep(severity, T0);
  const said = { number: 12, title: 'Checkout p99 high', service: 'checkout', severity };
  return { type: 'incident.opened', occurredAt: T0, data: { ...said, ...(next && { next }), ...data } };
}

const recorded = (actor: Actor, recordedAt: Instant): Recorded => ({
  org,
  incidentId: inc,
  actor,
  recordedAt,
});

/** The incident after these facts; each was recorded when it occurred. */
export function after(facts: readonly ControlFact[], actor: Actor = ann): Incident | undefined {
  return facts.reduce<Incident | undefined>(
    (incident, fact) => evolveIncident(incident, fact, recorded(actor, fact.occurredAt)),
    undefined,
  );
}

/** The incident after these facts, which there must be. */
export function incidentAfter(...facts: readonly ControlFact[]): Incident {
  const incident = after(facts);
  if (!incident) throw new Error('These facts open no incident');
  return incident;
}

export function triggered(data: Partial<Opened['data']> = {}): Triggered {
  const incident = incidentAfter(opened(data));
  if (incident.state !== 'triggered') throw new Error('It is not triggered');
  return incident;
}

/** Sentences about incidents: `given(opened()).when({ do: 'acknowledge' }).thenState({ state: 'acknowledged' })`. */
export function given(...facts: readonly ControlFact[]) {
  return {
    when: (command: IncidentCommand, now: Instant = minutes(10)) => sentence(facts, command, now),
  };
}

function sentence(facts: readonly ControlFact[], command: IncidentCommand, now: Instant) {
  const before = after(facts);
  const decide = () => decideIncident(before, command, now);
  return {
    /** The facts that follow, by type and data. */
    thenFacts(...expected: readonly object[]) {
      expect(decide()).toMatchObject(expected);
    },
    thenNothing() {
      expect(decide()).toEqual([]);
    },
    /** What the incident is then, in part. */
    thenState(expected: object) {
      expect(after([...facts, ...decide()])).toMatchObject(expected);
    },
    thenWithoutNext() {
      expect(after([...facts, ...decide()])).not.toHaveProperty('next');
    },
    thenRefused(code: ErrorCode) {
      expect(decide).toThrow(Refusal);
      expect(codeOf(decide)).toBe(code);
    },
  };
}

/** The code of the refusal that this throws. */
export function codeOf(run: () => unknown): ErrorCode | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return undefined;
}
