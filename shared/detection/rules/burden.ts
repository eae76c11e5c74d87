import type { Rule } from '../rule.ts';
import { asksNoMore, costsOf, type Worst, worstOf } from './worst.ts';

/** What of a rule set would take too long for each alert: the place of the rule, and what to do. */
export interface Burden {
  readonly rule: number;
  readonly message: string;
}

/** So many rules may set things and go on. */
export const MOST_CONTINUING = 100;
/** Milliseconds that matching may cost for the worst alert, as they are counted. */
export const MOST_MATCHING = 5;

const MILLISECOND = 1_000_000;

/**
 * What keeps a rule set from being matched in a few milliseconds, however many rules it has, and whatever an alert says. What is no dearer
 * than the rules in force is taken: they may be from before there were bounds, or before these were counted so.
 */
export function burdensOf(rules: readonly Rule[], inForce: readonly Rule[] = []): readonly Burden[] {
  const most = Math.max(MOST_CONTINUING, continuingIn(inForce).length);
  const many = continuingIn(rules)
    .slice(most)
    .map((rule) => ({ rule, message: `At most ${most} rules may have continue: true` }));
  return [...many, ...tooSlow(rules, inForce)];
}

const continuingIn = (rules: readonly Rule[]): readonly number[] =>
  rules.flatMap(({ enabled, continue: goesOn }, i) => (enabled && goesOn ? [i] : []));

/** Told at the first rule with which the rules so far are too many. */
function tooSlow(rules: readonly Rule[], inForce: readonly Rule[]): readonly Burden[] {
  const costs = costsOf(rules);
  const worst = worstOf(costs);
  if (worst.total <= MOST_MATCHING * MILLISECOND) return [];
  // Counted together, so that what both ask is found under the same texts.
  const both = costsOf([...inForce, ...rules]);
  const [old, wanted] = [both.slice(0, inForce.length), both.slice(inForce.length)];
  const before = worstOf(old).total;
  if (asksNoMore(wanted, old) || worstOf(wanted).total <= before) return [];
  const most = Math.max(before, MOST_MATCHING * MILLISECOND);
  let [fine, many] = [0, rules.length];
  while (many - fine > 1) {
    const middle = (fine + many) >> 1;
    if (worstOf(costs.slice(0, middle)).total > most) many = middle;
    else fine = middle;
  }
  return [{ rule: many - 1, message: `${tooMany(worst, before)} ${adviceOn(worst)}` }];
}

function tooMany(worst: Worst, before: number): string {
  const [got, had] = [worst.total, before].map((cost) => (cost / MILLISECOND).toFixed(1));
  const allowed =
    before > MOST_MATCHING * MILLISECOND
      ? `at most ${MOST_MATCHING} are allowed, or the ${had} that those in force take`
      : `at most ${MOST_MATCHING} are allowed`;
  return `Some alert would take ${got} ms to be matched by these rules; ${allowed}, which this rule goes beyond.`;
}

function adviceOn({ conditions, always, texts, patterns }: Worst): string {
  const most = Math.max(conditions, always, texts);
  if (most === conditions)
    return 'Most is for the number of conditions: ask less in each rule, or put what rules ask alike into one';
  const asked = `Most is for patterns, of which one alert is asked up to ${patterns}`;
  if (most === always)
    return `${asked}: give them a fixed text of at least 3 characters, count less in braces, or compare with = and != where that says the same`;
  return `${asked}, since the fixed texts of so many fit into one alert: ask @title or a label instead of title and description, make the fixed texts longer, or count less in braces`;
}
