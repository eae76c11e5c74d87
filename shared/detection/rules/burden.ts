import { patternOf } from '../../kernel/index.ts';
import type { Rule } from '../rule.ts';
import { keyOf, TEXT } from './asked.ts';
import { conditionOf } from './compiled-rule.ts';
import { type Condition, isLeaf, type Leaf } from './condition.ts';
import { RuleIndex, type Trigger } from './rule-index.ts';

/** What of a rule set would take too long for each alert: the place of the rule, and what to do. */
export interface Burden {
  readonly rule: number;
  readonly message: string;
}

/** So many patterns the engine may be asked for one alert because of one thing that all of their rules need. */
export const MOST_ASKED = 300;
/** So many rules may set things and go on. */
export const MOST_CONTINUING = 100;

type Pattern = Extract<Leaf, { readonly pattern: string }>;

const isPattern = (leaf: Leaf): leaf is Pattern => 'pattern' in leaf;

const reachOf = ({ is }: Pattern) => (is === 'match' ? 'whole' : 'anywhere');

/** What keeps a rule set from being matched in a few milliseconds, however many rules it has. */
export function burdensOf(rules: readonly Rule[]): readonly Burden[] {
  const index = new RuleIndex();
  const asked = new Map<string, Set<string>>();
  const burdens: Burden[] = [];
  let continuing = 0;
  for (const [rule, one] of rules.entries()) {
    const patterns = leavesOf(conditionOf(one)).filter(isPattern);
    if (!one.enabled) continue;
    if (one.continue === true && ++continuing > MOST_CONTINUING)
      burdens.push({ rule, message: `At most ${MOST_CONTINUING} rules may have continue: true` });
    const engine = patterns.filter((leaf) => !patternOf(leaf.pattern, reachOf(leaf)).isPlain());
    const triggers = index.add(conditionOf(one), rule);
    if (engine.length === 0) continue;
    const full = need(triggers).find((name) => take(asked, name, engine) > MOST_ASKED);
    if (full !== undefined) burdens.push({ rule, message: tooMany(full) });
  }
  return burdens;
}

const ALWAYS = 'always';

/** What must be there for a rule to be looked at; without any, every alert asks it. */
const need = (triggers: readonly Trigger[] | undefined): readonly string[] =>
  triggers?.map((one) =>
    'text' in one ? `the text '${one.text}'` : `${one.key.replace(/^:/, '')}=${JSON.stringify(one.value)}`,
  ) ?? [ALWAYS];

function take(asked: Map<string, Set<string>>, name: string, patterns: readonly Pattern[]): number {
  const known = asked.get(name) ?? new Set<string>();
  asked.set(name, known);
  for (const leaf of patterns)
    known.add(JSON.stringify([leaf.is, leaf.pattern, leaf.subject ? keyOf(leaf.subject) : TEXT]));
  return known.size;
}

function tooMany(name: string): string {
  const whose =
    name === ALWAYS
      ? 'patterns without a fixed text of at least 3 characters, which every alert asks'
      : `patterns that every alert with ${name} asks`;
  return `This is one of more than ${MOST_ASKED} ${whose}; give the rule a fixed text or a label with = that fewer rules have`;
}

/** All leaves of a condition. */
export const leavesOf = (condition: Condition): readonly Leaf[] => {
  if (isLeaf(condition)) return [condition];
  return condition.is === 'not' ? leavesOf(condition.of) : condition.of.flatMap(leavesOf);
};
