import { alertLimits } from '../../alerts/index.ts';
import { type Need, patternOf } from '../../kernel/index.ts';
import type { Rule } from '../rule.ts';
import { AlertTexts } from './alert-texts.ts';
import { keyOf, TEXT } from './asked.ts';
import { conditionOf } from './compiled-rule.ts';
import { type Condition, isLeaf, type Leaf } from './condition.ts';

/** What matching may cost for the worst alert, in nanoseconds of the machine that the benches were measured on, by what costs it. */
export interface Worst {
  readonly total: number;
  /** All that is asked of values: each condition of each rule once. */
  readonly conditions: number;
  /** Patterns that every alert is asked. */
  readonly always: number;
  /** Patterns that are asked where one of their fixed texts stands, of as many texts as one alert can have. */
  readonly texts: number;
  /** How many patterns are asked in all, at most. */
  readonly patterns: number;
}

/** What looking at one condition costs. */
const CONDITION = 12;
/** What each condition in another adds that is not of its kind. */
const NEST = 80;
const RULE = 20;
/** What asking a pattern costs beside the characters of its text. */
const PATTERN = 100;

type Pattern = Extract<Leaf, { readonly pattern: string }>;

/** A pattern that a rule asks. */
interface Question {
  readonly name: string;
  readonly key: string;
  /** For each character. */
  readonly cost: number;
  readonly need: Need | undefined;
}

/** What of a rule costs. */
export interface RuleCost {
  readonly conditions: number;
  readonly questions: readonly Question[];
  /** What it sets before others are asked. */
  readonly sets: readonly ('title' | 'service')[];
}

/** Reads rules, once for all that is counted of them. Of each pattern one text is chosen under which it is found, as in a set that is compiled. */
export function costsOf(rules: readonly Rule[]): readonly RuleCost[] {
  const texts = new AlertTexts();
  const known = new Map<string, Question>();
  return rules.map((rule) => {
    if (!rule.enabled) return { conditions: 0, questions: [], sets: [] };
    const condition = conditionOf(rule);
    const leaves = leavesOf(condition);
    const questions = leaves.flatMap((leaf) => {
      if (!('pattern' in leaf)) return [];
      const name = JSON.stringify(leaf);
      const question = known.get(name) ?? questionOf(name, leaf, texts, known.size);
      known.set(name, question);
      return [question];
    });
    const said = rule.continue === true ? rule.actions.set : undefined;
    return {
      conditions: RULE + NEST * nestsIn(condition) + CONDITION * leaves.length,
      questions,
      sets: (['title', 'service'] as const).filter((name) => said?.[name] !== undefined),
    };
  });
}

/** Counts what rules cost for the worst alert, whatever that says. */
export function worstOf(costs: readonly RuleCost[]): Worst {
  const questions = new Map(
    costs.flatMap((one) => one.questions.map((question) => [question.name, question])),
  );
  const texts = new AlertTexts();
  let id = 0;
  for (const { key, need } of questions.values()) {
    for (const text of need ?? []) texts.add(key, text, 'questions', id);
    id++;
  }
  const keys = [...Map.groupBy(questions.values(), ({ key }) => key)].map(([key, of]) => ofKey(key, of));
  const read = [...texts.crowds()].map(([key, cost]) => ({
    ...{ key, always: cost * sizeOf(key), texts: 0, patterns: 0 },
  }));
  const sums = together([...keys, ...read], timesOf(costs));
  const conditions = costs.reduce((all, one) => all + one.conditions, 0);
  return { ...sums, conditions, total: conditions + sums.always + sums.texts };
}

/** All leaves of a condition. */
const leavesOf = (condition: Condition): readonly Leaf[] => {
  if (isLeaf(condition)) return [condition];
  return condition.is === 'not' ? leavesOf(condition.of) : condition.of.flatMap(leavesOf);
};

/** How many of its `all` and `any` are in one of the other kind; what must not hold is of the other kind. */
function nestsIn(condition: Condition, isAll = true, isDenied = false): number {
  if (isLeaf(condition)) return 0;
  if (condition.is === 'not') return nestsIn(condition.of, isAll, !isDenied);
  const isOther = (condition.is === 'all') === isDenied ? isAll : !isAll;
  return condition.of.reduce(
    (all, one) => all + nestsIn(one, isOther ? !isAll : isAll, isDenied),
    isOther ? 1 : 0,
  );
}

function questionOf(name: string, leaf: Pattern, texts: AlertTexts, id: number): Question {
  const pattern = patternOf(leaf.pattern, leaf.is === 'match' ? 'whole' : 'anywhere');
  const key = leaf.subject ? keyOf(leaf.subject) : TEXT;
  const need = texts.cheapest(key, pattern.needs);
  for (const text of need ?? []) texts.add(key, text, 'questions', id);
  return { name, key, cost: pattern.cost(), need };
}

interface KeyCost {
  readonly key: string;
  readonly always: number;
  readonly texts: number;
  readonly patterns: number;
}

/** The most characters that a rule reads there. */
function sizeOf(key: string): number {
  if (key === TEXT) return alertLimits.title + alertLimits.description + 1;
  if (key === '@title') return alertLimits.title;
  if (key === '@description') return alertLimits.description;
  return key.startsWith('@') ? alertLimits.service : alertLimits.labelValue;
}

function ofKey(key: string, questions: readonly Question[]): KeyCost {
  const size = sizeOf(key);
  const costOf = ({ cost }: Question) => PATTERN + cost * size;
  const always = questions.filter(({ need }) => need === undefined);
  const byText = new Map<string, { cost: number; count: number }>();
  for (const one of questions)
    for (const text of one.need ?? []) {
      const known = byText.get(text) ?? { cost: 0, count: 0 };
      byText.set(text, { cost: known.cost + costOf(one), count: known.count + 1 });
    }
  const { cost, count } = fitting(byText, size);
  return {
    key,
    always: always.reduce((all, one) => all + costOf(one), 0),
    texts: cost,
    patterns: always.length + count,
  };
}

/** What the texts cost that stand in so many characters one behind the other: those that cost most for their length, the last one in part. */
function fitting(
  texts: ReadonlyMap<string, { readonly cost: number; readonly count: number }>,
  size: number,
) {
  const sorted = [...texts].sort(
    ([one, a], [other, b]) => b.cost / other.length - a.cost / one.length || other.length - one.length,
  );
  let [left, cost, count] = [size, 0, 0];
  for (const [text, of] of sorted) {
    if (left <= 0) break;
    cost += of.cost * Math.min(1, left / text.length);
    count += of.count;
    left -= text.length;
  }
  return { cost, count };
}

/** How often it is read anew, since rules set another title or service and those after them ask again. */
type Times = (key: string) => number;

function timesOf(costs: readonly RuleCost[]): Times {
  const setting = (name: 'title' | 'service') => 1 + costs.filter(({ sets }) => sets.includes(name)).length;
  const [title, service] = [setting('title'), setting('service')];
  return (key) => (key === '@title' || key === TEXT ? title : key === '@service' ? service : 1);
}

/** An alert has all fields, and so many characters in its labels: as if those that cost most were as long as can be. */
const LONG_LABELS = alertLimits.labelText / alertLimits.labelValue;

function together(keys: readonly KeyCost[], times: Times): Omit<KeyCost, 'key'> {
  const sums = [...Map.groupBy(keys, ({ key }) => key)].map(([key, of]) => {
    const all = (name: 'always' | 'texts' | 'patterns') =>
      times(key) * of.reduce((sum, one) => sum + one[name], 0);
    return { key, always: all('always'), texts: all('texts'), patterns: all('patterns') };
  });
  const labels = sums
    .filter(({ key }) => !key.startsWith('@'))
    .sort((one, other) => other.always + other.texts - (one.always + one.texts))
    .slice(0, LONG_LABELS);
  const asked = [...sums.filter(({ key }) => key.startsWith('@')), ...labels];
  return {
    always: asked.reduce((sum, { always }) => sum + always, 0),
    texts: asked.reduce((sum, { texts }) => sum + texts, 0),
    patterns: asked.reduce((sum, { patterns }) => sum + patterns, 0),
  };
}
