import type { KeptSignal, Signal } from '../../shared/alerts/index.ts';
import {
  type AlertExplanation,
  type AlertRecord,
  explainAlert,
  matchRule,
  type Told,
} from '../../shared/detection/index.ts';
import type { Incident, LoggedFact } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { escalationTold } from '../../shared/on-call/index.ts';
import type { DetectionMemory } from './detection-memory.ts';
import { integration } from './signals.ts';

/** A firing as it is kept. */
export const kept = (signal: Signal, receivedAt: Instant = signal.at): KeptSignal => ({
  from: { receipt: 'receipt', receivedAt, integration, source: 'generic' },
  place: 0,
  signal,
});

/** What is looked at of an alert of this memory, whose last firing this is. */
export function recordOf(
  memory: DetectionMemory,
  last: KeptSignal,
  now: Instant,
  more: Partial<AlertRecord> = {},
): AlertRecord {
  const { rules, guards, quiets } = memory;
  const head = memory.heads.get(last.signal.fingerprint);
  const told: Told = { ...last, source: 'kept' };
  const joined = (head?.memberships ?? []).map((membership) => {
    const incident = memory.incidents.get(membership.incident);
    const kept = incident && memory.incidents.get(memory.keptOf(incident.id));
    return {
      ...{ membership, facts: more.joined?.[0]?.facts ?? [] },
      ...(incident && { incident }),
      ...(kept && kept !== incident && { into: kept }),
    };
  });
  const current = joined[0]?.into ?? joined[0]?.incident;
  const version = { version: 1, rules };
  return {
    ...{ now, told, guards, quiets, joined },
    ...(head && { head }),
    rules: { ...version, isThen: true },
    today: version,
    slots: memory.slots.get(matchRule(rules, told).hash) ?? [],
    ...(current && { paging: pagingOf(current) }),
    ...more,
  };
}

/** Of an incident whose log says no more than that it opened, and when it pages. */
export function pagingOf(incident: Incident, facts: readonly LoggedFact[] = []) {
  return escalationTold({
    ...{ incident, facts, pages: [], policy: undefined, schedules: [] },
    nameOf: (person) => person,
  });
}

/** What is said of the last firing of an alert. */
export const explained = (
  memory: DetectionMemory,
  last: KeptSignal,
  now: Instant,
  more: Partial<AlertRecord> = {},
): AlertExplanation => explainAlert(recordOf(memory, last, now, more));

/** The steps about one thing: the sentence, then what goes with it. */
export const told = ({ steps }: Pick<AlertExplanation, 'steps'>, about: string): readonly string[] =>
  steps.filter((step) => step.about === about).flatMap(({ text, lines = [] }) => [text, ...lines]);
