import type { Rule } from '../rule.ts';
import { Asked, keyOf, type Received, TEXT } from './asked.ts';
import { type Carried, withSet } from './carried.ts';
import { ruleSetOf } from './compile.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { conclude, type Match, wholeWhy } from './conclusion.ts';
import { type Condition, isLeaf, type Leaf, leafText } from './condition.ts';
import type { Predicates } from './predicate.ts';

/** One thing that a rule asks, what it saw of the alert, and whether that holds. */
export interface AskedLeaf {
  /** As a text of the language, where it is one. */
  readonly asks: string;
  /** At most 200 characters; empty for what is missing. */
  readonly saw: string;
  readonly holds: boolean;
}

/** One rule that was tried. */
export interface TriedRule {
  readonly rule: string;
  readonly name: string;
  /** `no` when it does not match; `sets` when it does, and others are tried after it. */
  readonly outcome: 'no' | 'sets' | 'decides';
  /** All that it asks when it matches; else the first that fails. */
  readonly leaves: readonly AskedLeaf[];
}

/** Why a rule set does with an alert what it does. */
export interface Explained {
  /** In order, up to the one that decides. Rules that are off are not tried. */
  readonly tried: readonly TriedRule[];
  /** Rules that do not match, beyond those that are told of. */
  readonly moreTried: number;
  readonly match: Match;
  /** The reason of the match, with nothing of it shortened. */
  readonly whole: string;
}

/** So many rules that do not match are told of: the last before one that does. */
export const MOST_TRIED = 100;
const LONGEST_SEEN = 200;

/**
 * The rules that were tried for an alert, with the values that they saw; among them one that is `wanted`, however long before the one
 * that decides it was tried. Nothing is cached: it is for who asks.
 */
export function explainMatch(rules: readonly Rule[], received: Received, wanted?: string): Explained {
  const { rules: compiled, otherwise, predicates } = ruleSetOf(rules);
  const asked = new Asked(received);
  const tried: TriedRule[] = [];
  const setBy: Rule[] = [];
  let carried: Carried = {};
  for (const one of compiled) {
    const outcome = !one.holds(asked) ? 'no' : one.continues ? 'sets' : 'decides';
    tried.push(triedRule(one, outcome, asked, predicates));
    if (outcome === 'no') continue;
    carried = withSet(carried, one, asked);
    if (outcome === 'decides') {
      const match = conclude(one, asked, carried, setBy);
      return { ...told(tried, wanted), match, whole: wholeWhy(one, match, setBy) };
    }
    setBy.push(one.rule);
  }
  tried.push(triedRule(otherwise, 'decides', asked, predicates));
  const match = conclude(otherwise, asked, withSet(carried, otherwise, asked), setBy);
  return { ...told(tried, wanted), match, whole: wholeWhy(otherwise, match, setBy) };
}

function told(
  tried: readonly TriedRule[],
  wanted: string | undefined,
): Pick<Explained, 'tried' | 'moreTried'> {
  const missed = tried.filter(({ outcome }) => outcome === 'no');
  const kept = new Set([...missed.filter(({ rule }) => rule === wanted), ...missed.slice(-MOST_TRIED)]);
  return {
    tried: tried.filter((one) => one.outcome !== 'no' || kept.has(one)),
    moreTried: missed.length - kept.size,
  };
}

function triedRule(
  { rule, condition }: CompiledRule,
  outcome: TriedRule['outcome'],
  asked: Asked,
  of: Predicates,
): TriedRule {
  const failing = outcome === 'no' ? firstFailing(condition, asked, of) : undefined;
  const leaves = outcome === 'no' ? (failing ? [failing] : []) : leavesOf(condition, false);
  return {
    ...{ rule: rule.id, name: rule.name, outcome },
    leaves: leaves.map((leaf) => seen(leaf, asked, of)),
  };
}

/** A leaf, and whether it is asked to fail. */
interface Wanted {
  readonly leaf: Leaf;
  readonly isDenied: boolean;
}

function seen({ leaf, isDenied }: Wanted, asked: Asked, of: Predicates): AskedLeaf {
  const key =
    'subject' in leaf && leaf.subject ? keyOf(leaf.subject) : leaf.is === 'severity' ? '@severity' : TEXT;
  const value = asked.value(key).trim();
  return {
    asks: isDenied ? `not ${leafText(leaf)}` : leafText(leaf),
    saw: value.length <= LONGEST_SEEN ? value : `${value.slice(0, LONGEST_SEEN - 1)}…`,
    holds: of.of(leaf)(asked) !== isDenied,
  };
}

/** The first leaf because of which a condition does not come out as it should. */
function firstFailing(
  condition: Condition,
  asked: Asked,
  of: Predicates,
  isDenied = false,
): Wanted | undefined {
  if (isLeaf(condition))
    return of.of(condition)(asked) === isDenied ? { leaf: condition, isDenied } : undefined;
  if (condition.is === 'not') return firstFailing(condition.of, asked, of, !isDenied);
  // Of what needs all, the first that fails; of what needs one, any tells it when the whole fails.
  if (of.of(condition)(asked) !== isDenied) return undefined;
  for (const one of condition.of) {
    const failing = firstFailing(one, asked, of, isDenied);
    if (failing) return failing;
  }
  return undefined;
}

function leavesOf(condition: Condition, isDenied: boolean): readonly Wanted[] {
  if (isLeaf(condition)) return [{ leaf: condition, isDenied }];
  if (condition.is === 'not') return leavesOf(condition.of, !isDenied);
  return condition.of.flatMap((one) => leavesOf(one, isDenied));
}
