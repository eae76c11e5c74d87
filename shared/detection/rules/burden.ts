import type { InhibitionRule } from '../inhibition/rule.ts';
import type { Rule } from '../rule.ts';
import { readWhen } from './when.ts';
import { asksNoMore, costsOf, costsOfAsked, type RuleCost, type Worst, worstOf } from './worst.ts';

/** What of a set of rules would take too long for each alert: the place of the rule, and what to do. */
export interface Burden {
  readonly rule: number;
  readonly message: string;
}

/** So many rules may set things and go on. */
export const MOST_CONTINUING = 100;
/** Milliseconds that matching may cost for the worst alert, as they are counted. */
export const MOST_MATCHING = 5;

/** How much the patterns of rules are looked at that are too dear by their steps: for some seconds. */
const MOST_WORK = 1_500_000;

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

/**
 * What keeps inhibitions from being asked in a few milliseconds, whatever an alert says; told at the first with which they are too many. Those that are
 * no dearer than the ones in force are taken.
 */
export function inhibitionBurdensOf(
  inhibitions: readonly InhibitionRule[],
  inForce: readonly InhibitionRule[] = [],
): readonly Burden[] {
  const most = MOST_MATCHING * MILLISECOND;
  const before = worstOf(askedOf(inForce).flat()).total;
  const costs = askedOf(inhibitions);
  const total = worstOf(costs.flat()).total;
  if (total <= Math.max(most, before)) return [];
  let fine = 0;
  while (worstOf(costs.slice(0, fine + 1).flat()).total <= Math.max(most, before)) fine++;
  const message = `${tooMany(total, before, 'inhibitions')} Give their patterns less to count or to choose from, or compare with = and !=`;
  return [{ rule: fine, message }];
}

/** What each inhibition costs, read once for all of them. */
function askedOf(inhibitions: readonly InhibitionRule[]): readonly (readonly RuleCost[])[] {
  const asked = inhibitions.flatMap(({ source, target }) => [source, target]);
  const costs = costsOfAsked(
    asked.map((when) => readWhen(when).condition),
    MOST_WORK,
  );
  return inhibitions.map((_, i) => costs.slice(2 * i, 2 * i + 2));
}

const continuingIn = (rules: readonly Rule[]): readonly number[] =>
  rules.flatMap(({ enabled, continue: goesOn }, i) => (enabled && goesOn ? [i] : []));

/** Told at the first rule with which the rules so far are too many. */
function tooSlow(rules: readonly Rule[], inForce: readonly Rule[]): readonly Burden[] {
  const mostAllowed = MOST_MATCHING * MILLISECOND;
  if (worstOf(costsOf(rules)).total <= mostAllowed) return [];
  const costs = costsOf(rules, MOST_WORK);
  const worst = worstOf(costs);
  if (worst.total <= mostAllowed) return [];
  const before = inForce.length === 0 ? 0 : costInForce(inForce, rules);
  if (before === undefined) return [];
  const most = Math.max(before, mostAllowed);
  let [fine, many] = [0, rules.length];
  while (many - fine > 1) {
    const middle = (fine + many) >> 1;
    if (worstOf(costs.slice(0, middle)).total > most) many = middle;
    else fine = middle;
  }
  return [{ rule: many - 1, message: `${tooMany(worst.total, before, 'rules')} ${adviceOn(worst)}` }];
}

/** What the rules in force cost; undefined when the wanted ones are no dearer. Counted together, so that what both ask is found under the same texts. */
function costInForce(inForce: readonly Rule[], rules: readonly Rule[]): number | undefined {
  const both = costsOf([...inForce, ...rules], 2 * MOST_WORK);
  const [old, wanted] = [both.slice(0, inForce.length), both.slice(inForce.length)];
  const before = worstOf(old).total;
  return asksNoMore(wanted, old) || worstOf(wanted).total <= before ? undefined : before;
}

function tooMany(total: number, before: number, what: 'rules' | 'inhibitions'): string {
  const [got, had] = [total, before].map((cost) => (cost / MILLISECOND).toFixed(1));
  const allowed =
    before > MOST_MATCHING * MILLISECOND
      ? `at most ${MOST_MATCHING} are allowed, or the ${had} that those in force take`
      : `at most ${MOST_MATCHING} are allowed`;
  return `Some alert would take ${got} ms to be matched by these ${what}; ${allowed}, which this one goes beyond.`;
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
