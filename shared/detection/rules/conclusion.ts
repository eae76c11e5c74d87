import type { Severity } from '../../alerts/index.ts';
import { clipped, cut, type Duration, digest, SECOND } from '../../kernel/index.ts';
import type { GroupField, Rule } from '../rule.ts';
import { titleTemplate } from '../title-template.ts';
import { type Asked, labelOf } from './asked.ts';
import type { Carried } from './carried.ts';
import type { CompiledRule } from './compiled-rule.ts';

/** Which rule takes an alert, into which group, and why, in words. */
export interface Match {
  readonly rule: Rule;
  /** `suppress` keeps the alert without an incident, `drop` only counts it. */
  readonly does: 'open' | 'suppress' | 'drop';
  /** The guard's key: digest of the rule and the group's values. */
  readonly hash: string;
  /** The group in words, such as `service=checkout`; what is very long is clipped here, and not in the hash. */
  readonly key: string;
  readonly severity: Severity;
  /** How long after its end an incident of the group still takes alerts, in milliseconds. */
  readonly window: Duration;
  /** Where windows are fixed: how long each is, in milliseconds. */
  readonly width?: Duration;
  readonly why: string;
  /** The hash under its own key, where it goes into another. */
  readonly via?: string;
  /** How sure it is that it belongs to another key, from 0 to 1; absent under its own. */
  readonly score?: number;
  /** As rules have set them; else the alert's own count. */
  readonly service?: string;
  readonly title?: string;
  readonly runbook?: string;
  readonly policy?: string;
  /** Seconds. */
  readonly escalateAfter?: number;
  /** Nobody is paged for it. */
  readonly isLow?: true;
  /** How long the alert must go on before it pages, and how long after a page the next opening does not; in milliseconds. */
  readonly minDuration?: Duration;
  /** The name of the rule that says how long it must go on. */
  readonly lastingBy?: string;
  readonly cooldown?: Duration;
  /** Of a rule that counts members: which one the alert is of. */
  readonly member?: string;
}

/** The most bytes of what templates and labels make: it stands in facts whose size is bounded. Heads of incidents keep as much. */
const ROOM = { key: 300, runbook: 500 };

/** What the rule that decides makes of an alert, with all that was set. */
export function conclude(
  { rule, memberOf, when }: CompiledRule,
  asked: Asked,
  carried: Carried,
  setBy: readonly Rule[],
): Match {
  const key = keyParts(rule, asked, carried);
  const keyText = clipped(key.map(([field, value]) => `${field}=${value}`).join(', '), ROOM.key);
  const { cooldown } = rule.actions;
  const { runbook, team, escalateAfter, minDuration, lastingBy } = carried;
  return {
    rule,
    does: doesOf(rule),
    hash: digest(rule.id, ...key.flat()),
    key: keyText,
    severity: asked.severity,
    window: (rule.group.reopen ?? rule.group.window) * SECOND,
    ...(rule.group.mode === 'fixed' && { width: rule.group.window * SECOND }),
    why: whyOf(rule, { when, keyText, setBy }),
    ...(asked.service !== asked.received.signal.service && { service: asked.service ?? '' }),
    ...(asked.newTitle !== undefined && { title: asked.newTitle }),
    ...(runbook !== undefined && { runbook: clipped(runbook, ROOM.runbook) }),
    ...(team !== undefined && { policy: team }),
    ...(escalateAfter !== undefined && { escalateAfter }),
    ...(carried.urgency === 'low' && { isLow: true }),
    ...(minDuration !== undefined && { minDuration: minDuration * SECOND }),
    ...(lastingBy !== undefined && { lastingBy }),
    ...(cooldown !== undefined && { cooldown: cooldown * SECOND }),
    ...(memberOf && { member: memberOf(asked) }),
  };
}

function doesOf({ actions }: Rule): Match['does'] {
  if (actions.drop === true) return 'drop';
  return actions.suppress === true || !actions.createIncident ? 'suppress' : 'open';
}

type KeyParts = readonly (readonly [field: string, value: string])[];

/** The values of the group's fields. An alert that has none of them is a group of its own. */
function keyParts({ group }: Rule, asked: Asked, { groupingKey }: Carried): KeyParts {
  if (groupingKey !== undefined) return [['key', groupingKey]];
  const found = group.by.flatMap((field): KeyParts => {
    const value = fieldOf(field, asked);
    return value ? [[field, value]] : [];
  });
  return found.length > 0 ? found : [['alert', asked.received.signal.fingerprint]];
}

function fieldOf(field: GroupField, asked: Asked): string | undefined {
  const { signal, from } = asked.received;
  switch (field) {
    case 'service':
      return asked.service;
    case 'title':
      return asked.title;
    case 'title-template':
      return asked.title === undefined ? undefined : titleTemplate(asked.title);
    case 'source':
      return from.source;
    case 'integration':
      return from.integration;
    default:
      return labelOf(signal, field.slice('label:'.length));
  }
}

/** What a reason may take: it stands in heads and facts whose size is bounded. */
const LONGEST_WHY = 200;
const LONGEST_WHEN = 80;
const SHORTEST_WHEN = 16;

interface Reasons {
  readonly when: string | undefined;
  readonly keyText: string;
  readonly setBy: readonly Rule[];
}

function whyOf(rule: Rule, reasons: Reasons): string {
  const whole = reasonIn(rule, reasons, LONGEST_WHEN);
  // The condition is in the rule to be read; how many fired, and the group, stand here alone.
  const over = whole.length - LONGEST_WHY;
  if (over <= 0) return whole;
  return shortened(reasonIn(rule, reasons, Math.max(SHORTEST_WHEN, LONGEST_WHEN - over)), LONGEST_WHY);
}

/** The reason with so much room for each condition. */
function reasonIn({ name, conditions }: Rule, { when, keyText, setBy }: Reasons, room: number): string {
  const { alertPattern, threshold, members, timeWindow } = conditions;
  const count = threshold > 1 ? `; ${threshold} distinct alerts fired within ${timeWindow} s` : '';
  const counted = members ? `; ${members.atLeast} members fired within ${timeWindow} s` : '';
  const set = setBy.length === 0 ? '' : `; set by ${setBy.map((rule) => `'${rule.name}'`).join(', ')}`;
  const reasons = [
    ...(alertPattern === undefined
      ? []
      : [`its pattern '${shortened(alertPattern, room)}' occurs in title or description`]),
    ...(when === undefined ? [] : [`its condition ${shortened(when, room)} holds`]),
  ];
  const matched = reasons.length === 0 ? 'matches every alert' : reasons.join(', ');
  return `Rule '${name}' (${matched}${count}${counted}${set}); grouped by ${keyText}`;
}

/** The same reason with nothing shortened, for who asks about one alert. */
export const wholeWhy = (
  { rule, when }: Pick<CompiledRule, 'rule' | 'when'>,
  { key }: Pick<Match, 'key'>,
  setBy: readonly Rule[],
): string => reasonIn(rule, { when, keyText: key, setBy }, Number.POSITIVE_INFINITY);

const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${cut(text, most - 1)}…`;
