import type { Signal } from '../../alerts/index.ts';
import { defaultRule, type Rule } from '../rule.ts';
import { AlertTexts } from './alert-texts.ts';
import { Asked, type Received } from './asked.ts';
import { type Carried, withSet } from './carried.ts';
import { type CompiledRule, compiledRule } from './compiled-rule.ts';
import { conclude, type Match } from './conclusion.ts';
import { Predicates } from './predicate.ts';
import { RuleIndex } from './rule-index.ts';

/** A rule set that is ready to be asked. */
export interface RuleSet {
  /** Finds the rule for a firing alert; the default rule takes what nothing else matched, so there is always one. */
  match(received: Received): Match;
  /** The rules that are on, in their order. */
  readonly rules: readonly CompiledRule[];
  /** The default rule, ready to be asked. */
  readonly otherwise: CompiledRule;
  /** Takes over what is known of an earlier signal for one that says the same, so that it is not tried again. */
  carry(from: Signal, to: Signal): void;
  /** How many alerts were tried. */
  tried(): number;
  /** What their conditions are asked by. */
  readonly predicates: Predicates;
}

/** Compiles a rule set. An alert that is asked about twice is matched once. */
export function compileRules(rules: readonly Rule[]): RuleSet {
  const texts = new AlertTexts();
  const predicates = new Predicates(texts);
  const index = new RuleIndex(texts);
  const compiled = rules.filter(({ enabled }) => enabled).map((rule) => compiledRule(rule, predicates));
  for (const [place, { condition }] of compiled.entries()) index.add(condition, place);
  const otherwise = compiledRule(defaultRule, predicates);
  const known = new WeakMap<Signal, Match>();
  let tried = 0;
  return {
    rules: compiled,
    otherwise,
    predicates,
    match(received) {
      const before = known.get(received.signal);
      if (before) return before;
      tried++;
      const match = matched({ compiled, otherwise, index }, new Asked(received));
      known.set(received.signal, match);
      return match;
    },
    carry(from, to) {
      const before = known.get(from);
      if (before) known.set(to, before);
    },
    tried: () => tried,
  };
}

interface Ready {
  readonly compiled: readonly CompiledRule[];
  readonly otherwise: CompiledRule;
  readonly index: RuleIndex;
}

function matched({ compiled, otherwise, index }: Ready, asked: Asked): Match {
  let carried: Carried = {};
  const setBy: Rule[] = [];
  const candidates = index.candidates(asked);
  let seen = 0;
  for (let at = candidates.after(-1); at !== undefined; at = candidates.after(at)) {
    const one = compiled[at];
    if (!one?.holds(asked)) continue;
    carried = withSet(carried, one, asked);
    if (!one.continues) return conclude(one, asked, carried, setBy);
    setBy.push(one.rule);
    // What it set may match other rules now; those before had their turn.
    for (const key of asked.changed.slice(seen)) index.bring(candidates, asked, key);
    seen = asked.changed.length;
  }
  return conclude(otherwise, asked, withSet(carried, otherwise, asked), setBy);
}

const compiledSets = new WeakMap<readonly Rule[], RuleSet>();

/** The compiled form of a rule set, made once for each list. */
export function ruleSetOf(rules: readonly Rule[]): RuleSet {
  const known = compiledSets.get(rules);
  if (known) return known;
  const compiled = compileRules(rules);
  compiledSets.set(rules, compiled);
  return compiled;
}
