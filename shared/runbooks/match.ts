import { occurs } from '../kernel/index.ts';
import { holds, parseCondition, type Subject } from './condition.ts';
import type { Runbook } from './runbook.ts';

/** What runbooks are matched with: an incident, with what its alerts say. */
export interface Matched extends Subject {
  /** The name or address of a runbook that a rule or an alert named. */
  readonly runbook?: string;
  /** Titles of its alerts. */
  readonly alerts: readonly string[];
}

/** Of a runbook, what it is matched by. */
export type Matchable = Pick<Runbook, 'id' | 'title' | 'triggers' | 'tags'>;

/** A runbook that fits, and why, the strongest reason first. */
export interface Match<Of> {
  readonly runbook: Of;
  readonly score: number;
  readonly reasons: readonly string[];
}

const weights = { named: 1_000, pattern: 20, condition: 10, tag: 5 } as const;

/** The runbooks that fit an incident, the best first. */
export function matchRunbooks<Of extends Matchable>(
  runbooks: readonly Of[],
  incident: Matched,
): readonly Match<Of>[] {
  return runbooks
    .flatMap((runbook) => matchOf(runbook, incident) ?? [])
    .sort((a, b) => b.score - a.score || compare(a.runbook.id, b.runbook.id));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function matchOf<Of extends Matchable>(runbook: Of, incident: Matched): Match<Of> | undefined {
  const named = isNamed(runbook, incident.runbook);
  const { alertPatterns, conditions } = runbook.triggers;
  const found = alertPatterns.flatMap((pattern) => patternReason(pattern, incident) ?? []);
  const met = conditions.filter((condition) => isMet(condition, incident));
  const fits =
    alertPatterns.length + conditions.length > 0 &&
    (alertPatterns.length === 0 || found.length > 0) &&
    met.length === conditions.length;
  if (!named && !fits) return undefined;
  const reasons = [
    ...(named ? [`The incident names it (${incident.runbook})`] : []),
    ...(fits ? [...found, ...met.map((condition) => `Its condition holds: ${condition}`)] : []),
    ...tagReason(runbook, incident),
  ];
  const points = fits ? found.length * weights.pattern + met.length * weights.condition : 0;
  const score = (named ? weights.named : 0) + points + tagReason(runbook, incident).length * weights.tag;
  return { runbook, score, reasons };
}

/** Whether a name or address means this runbook: its id, its title, or an address that ends in its id. */
function isNamed({ id, title }: Matchable, named: string | undefined): boolean {
  if (named === undefined) return false;
  const last = named.split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1);
  return [named, last].some((one) => one?.toLowerCase() === id.toLowerCase()) || named === title;
}

function patternReason(pattern: string, { title, alerts }: Matched): string | undefined {
  if (occurs(pattern, title)) return `Its pattern '${pattern}' occurs in the title`;
  const alert = alerts.find((one) => occurs(pattern, one));
  return alert === undefined ? undefined : `Its pattern '${pattern}' occurs in the alert “${alert}”`;
}

function isMet(condition: string, subject: Subject): boolean {
  const parsed = parseCondition(condition);
  return !('refused' in parsed) && holds(parsed.value, subject);
}

function tagReason({ tags }: Matchable, { service }: Matched): readonly string[] {
  const isTagged = service !== undefined && tags.some((tag) => tag.toLowerCase() === service.toLowerCase());
  return isTagged ? [`It is tagged with the service ${service}`] : [];
}
