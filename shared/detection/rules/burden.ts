import type { Rule } from '../rule.ts';
import { costsOf, type Worst, worstOf } from './worst.ts';

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

/** What keeps a rule set from being matched in a few milliseconds, however many rules it has, and whatever an alert says. */
export function burdensOf(rules: readonly Rule[]): readonly Burden[] {
  const continuing = rules.flatMap(({ enabled, continue: goesOn }, i) => (enabled && goesOn ? [i] : []));
  const many = continuing
    .slice(MOST_CONTINUING)
    .map((rule) => ({ rule, message: `At most ${MOST_CONTINUING} rules may have continue: true` }));
  return [...many, ...tooSlow(rules)];
}

/** Told at the first rule with which the rules so far are too many. */
function tooSlow(rules: readonly Rule[]): readonly Burden[] {
  const costs = costsOf(rules);
  const worst = worstOf(costs);
  if (worst.total <= MOST_MATCHING * MILLISECOND) return [];
  let [fine, many] = [0, rules.length];
  while (many - fine > 1) {
    const middle = (fine + many) >> 1;
    if (worstOf(costs.slice(0, middle)).total > MOST_MATCHING * MILLISECOND) many = middle;
    else fine = middle;
  }
  return [{ rule: many - 1, message: tooMany(worst) }];
}

function tooMany(worst: Worst): string {
  const got = (worst.total / MILLISECOND).toFixed(1);
  const told = `Some alert would take ${got} ms to be matched by these rules; at most ${MOST_MATCHING} are allowed, which this rule goes beyond.`;
  return `${told} ${adviceOn(worst)}`;
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
