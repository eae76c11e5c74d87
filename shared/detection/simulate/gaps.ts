import { matchRule, type Received } from '../match.ts';
import type { Rule } from '../rule.ts';
import { groupingGapsOf } from '../rules/gaps.ts';

/** Alerts that lack what the grouping of a rule asks for. */
export interface Gap {
  /** The rule's name. */
  readonly rule: string;
  /** Such as `{host}`. */
  readonly missing: readonly string[];
  readonly alerts: number;
  /** The first of them, and the key of its group. */
  readonly title: string;
  readonly key: string;
}

/** What alerts lack of what their rules group by, by rule, the most first. */
export function gapsIn(rules: readonly Rule[], alerts: Iterable<Received>): readonly Gap[] {
  const gapOf = groupingGapsOf(rules);
  const found = new Map<string, Gap>();
  for (const received of alerts) {
    const match = matchRule(rules, received);
    const gap = match.does === 'open' ? gapOf(received, match) : undefined;
    if (!gap) continue;
    const name = JSON.stringify([gap.rule.id, gap.missing]);
    const known = found.get(name);
    found.set(name, {
      ...{ rule: gap.rule.name, missing: gap.missing },
      title: received.signal.title ?? 'Alert without a title',
      key: match.key,
      ...known,
      alerts: (known?.alerts ?? 0) + 1,
    });
  }
  return [...found.values()].sort((a, b) => b.alerts - a.alerts);
}
