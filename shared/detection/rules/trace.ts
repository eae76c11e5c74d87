import type { Rule } from '../rule.ts';
import { Asked, keyOf, type Received, TEXT } from './asked.ts';
import { type Carried, withSet } from './carried.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { ruleSetOf } from './compile.ts';
import { conclude, type Match } from './conclusion.ts';
import { type Condition, conditionText, type Leaf } from './condition.ts';
import { Predicates } from './predicate.ts';

/** One thing that a rule asked of an alert, and the answer. */
export interface Answer {
  /** As it is written, such as `env="prod"`. */
  readonly asked: string;
  /** The value that it saw, at most 120 characters; empty for what is missing. */
  readonly saw: string;
  readonly holds: boolean;
}

/** How one rule was tried. */
export interface Trial {
  readonly rule: Pick<Rule, 'id' | 'name'>;
  /** From 1, among all rules of the set. */
  readonly place: number;
  /** `set`: it fitted and had later ones go on; `off`: it is not enabled. */
  readonly result: 'decided' | 'set' | 'failed' | 'off';
  /** None of a rule that asks nothing. At most MOST_ANSWERS. */
  readonly answers: readonly Answer[];
}

/** How a rule set came to its decision about one alert. */
export interface RuleTrace {
  readonly match: Match;
  /** In the order of the rules; the one that decided is the last. At most MOST_TRIALS of those that did not fit. */
  readonly trials: readonly Trial[];
  /** How many rules were tried that did not fit and are not among them. */
  readonly untold: number;
  readonly of: number;
}

/** The rules that did not fit and are told of, and what is told of one. */
export const MOST_TRIALS = 25;
export const MOST_ANSWERS = 20;
const LONGEST_VALUE = 120;

/** The rules that are looked at closely; those after them are tried and counted. */
const MOST_LOOKED_AT = 2_000;

interface Tried {
  readonly trial: Trial;
  /** How many of its conditions held: those that nearly fitted are told of first. */
  readonly held: number;
}

/**
 * Tries the rules one after the other as `matchRule` does, and tells of each what it asked and saw. Of those that do not fit it keeps
 * the ones that came nearest, and the rule that is `wanted`.
 */
export function traceRules(rules: readonly Rule[], received: Received, wanted?: string): RuleTrace {
  const { rules: compiled, otherwise } = ruleSetOf(rules);
  const tracing = new Tracing(wanted);
  const asked = new Asked(received);
  const byRule = new Map(compiled.map((one) => [one.rule, one]));
  let carried: Carried = {};
  const setBy: Rule[] = [];
  for (const [i, rule] of rules.entries()) {
    const one = byRule.get(rule);
    if (!one) tracing.off(rule, i + 1);
    else if (!one.holds(asked)) tracing.failed(one, i + 1, asked);
    else {
      tracing.fitted(one, i + 1, asked);
      carried = withSet(carried, one, asked);
      if (!one.continues)
        return tracing.done(conclude(one, asked, carried, setBy), rules.length);
      setBy.push(rule);
    }
  }
  tracing.fitted(otherwise, rules.length + 1, asked);
  return tracing.done(conclude(otherwise, asked, withSet(carried, otherwise, asked), setBy), rules.length);
}

class Tracing {
  private readonly predicates = new Predicates();
  private readonly kept: Trial[] = [];
  private near: Tried[] = [];
  private missed = 0;
  private readonly wanted: string | undefined;

  constructor(wanted: string | undefined) {
    this.wanted = wanted;
  }

  off({ id, name }: Rule, place: number): void {
    if (this.kept.length < MOST_TRIALS) this.kept.push({ rule: { id, name }, place, result: 'off', answers: [] });
  }

  fitted({ rule: { id, name }, continues, condition }: CompiledRule, place: number, asked: Asked): void {
    const answers = this.answers(condition, asked);
    this.kept.push({ rule: { id, name }, place, result: continues ? 'set' : 'decided', answers });
  }

  failed(one: CompiledRule, place: number, asked: Asked): void {
    this.missed++;
    const { id, name } = one.rule;
    if (this.missed > MOST_LOOKED_AT && id !== this.wanted) return;
    const answers = this.answers(one.condition, asked);
    const trial: Trial = { rule: { id, name }, place, result: 'failed', answers };
    if (id === this.wanted) return void this.kept.push(trial);
    this.near.push({ trial, held: answers.filter(({ holds }) => holds).length });
    if (this.near.length >= 2 * MOST_TRIALS) this.near = nearest(this.near);
  }

  done(match: Match, of: number): RuleTrace {
    const near = nearest(this.near).map(({ trial }) => trial);
    const trials = [...this.kept, ...near].toSorted((a, b) => a.place - b.place);
    const told = trials.filter(({ result }) => result === 'failed').length;
    return { match, trials, untold: this.missed - told, of };
  }

  private answers(condition: Condition, asked: Asked): readonly Answer[] {
    return partsOf(condition)
      .slice(0, MOST_ANSWERS)
      .map((part) => ({
        asked: conditionText(part),
        saw: seen(part, asked),
        holds: this.predicates.of(part)(asked),
      }));
  }
}

/** Of two that came as near, the earlier rule. */
const nearest = (tried: readonly Tried[]): Tried[] =>
  tried.toSorted((a, b) => b.held - a.held || a.trial.place - b.trial.place).slice(0, MOST_TRIALS);

/** The conditions that are asked by themselves: `not` stays with what it turns round. */
function partsOf(condition: Condition): readonly Condition[] {
  return condition.is === 'all' || condition.is === 'any' ? condition.of.flatMap(partsOf) : [condition];
}

function seen(part: Condition, asked: Asked): string {
  const values = leavesOf(part).map((leaf) => asked.value(subjectOf(leaf)));
  return [...new Set(values)].join(', ').slice(0, LONGEST_VALUE);
}

const leavesOf = (condition: Condition): readonly Leaf[] =>
  'of' in condition ? [condition.of].flat().flatMap(leavesOf) : [condition];

function subjectOf(leaf: Leaf): string {
  if (leaf.is === 'severity') return '@severity';
  return leaf.subject === undefined ? TEXT : keyOf(leaf.subject);
}
