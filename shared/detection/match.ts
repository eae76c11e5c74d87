import type { Severity, Signal } from '../alerts/index.ts';
import { digest, occurs, SECOND } from '../kernel/index.ts';
import type { QueuedSignals } from './batch.ts';

import { defaultRule, type GroupField, type Rule } from './rule.ts';

/** A signal with where it came from. */
export interface Received {
  readonly signal: Signal;
  readonly from: Pick<
    QueuedSignals,
    'source' | 'integration' | 'receipt' | 'receivedAt' | 'queuedAt' | 'tellsState'
  >;
  /** The time of the signal is the one at which it counts, and not what its sender said. */
  readonly isMoved?: true;
}

/** Which rule takes an alert, into which group, and why, in words. */
export interface Match {
  readonly rule: Rule;
  /** The guard's key: digest of the rule and the group's values. */
  readonly hash: string;
  /** The group in words, such as `service=checkout`. */
  readonly key: string;
  readonly severity: Severity;
  /** The grouping window in milliseconds. */
  readonly window: number;
  readonly why: string;
}

/** The severity of an alert whose source and rule say nothing. */
const UNSAID: Severity = 'P3_MEDIUM';

/** Finds the rule for a firing alert; the default rule takes what nothing else matched, so there is always one. */
export function matchRule(rules: readonly Rule[], firing: Received): Match {
  const text = `${firing.signal.title ?? ''}\n${firing.signal.description ?? ''}`;
  const rule =
    rules.find(
      ({ enabled, conditions }) =>
        enabled && (conditions.alertPattern === undefined || occurs(conditions.alertPattern, text)),
    ) ?? defaultRule;
  const key = groupOf(rule.group.by, firing);
  return {
    rule,
    hash: digest(rule.id, ...key.flat()),
    key: key.map(([field, value]) => `${field}=${value}`).join(', '),
    severity: rule.conditions.severity ?? firing.signal.severity ?? UNSAID,
    window: rule.group.window * SECOND,
    why: whyOf(rule, key),
  };
}

/** The values of the group's fields. An alert that has none of them is a group of its own. */
function groupOf(fields: readonly GroupField[], firing: Received): [field: string, value: string][] {
  const found = fields.flatMap((field): [string, string][] => {
    const value = fieldOf(field, firing);
    return value ? [[field, value]] : [];
  });
  return found.length > 0 ? found : [['alert', firing.signal.fingerprint]];
}

function fieldOf(field: GroupField, { signal, from }: Received): string | undefined {
  switch (field) {
    case 'service':
      return signal.service;
    case 'title':
      return signal.title;
    case 'source':
      return from.source;
    case 'integration':
      return from.integration;
    default:
      return labelOf(signal, field.slice('label:'.length));
  }
}

/** Only what the source said: a rule may name `constructor`. */
const labelOf = ({ labels }: Signal, name: string): string | undefined =>
  Object.hasOwn(labels, name) ? labels[name] : undefined;

/** What a reason may take: it stands in heads and facts whose size is bounded. */
const LONGEST_WHY = 200;

function whyOf(rule: Rule, key: readonly [string, string][]): string {
  const { alertPattern, threshold, timeWindow } = rule.conditions;
  const pattern =
    alertPattern === undefined
      ? 'matches every alert'
      : `its pattern '${alertPattern}' occurs in title or description`;
  const count = threshold > 1 ? `; ${threshold} distinct alerts fired within ${timeWindow} s` : '';
  const why = `Rule '${rule.name}' (${pattern}${count}); grouped by ${key.map(([field, value]) => `${field}=${value}`).join(', ')}`;
  return why.length <= LONGEST_WHY ? why : `${why.slice(0, LONGEST_WHY - 1)}…`;
}
