import { patternOf } from '../../kernel/index.ts';
import type { Rule } from '../rule.ts';
import { AlertTexts } from './alert-texts.ts';
import { keyOf, TEXT } from './asked.ts';
import { conditionOf } from './compiled-rule.ts';
import { type Condition, isLeaf, type Leaf } from './condition.ts';
import { type Asking, askedAtWorst, type Times } from './worst-asked.ts';

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
const NEST = 120;
const RULE = 20;
/** What a text adds under which a rule is found, once for an alert, however often rules set another title. */
const BRING = 2;

type Pattern = Extract<Leaf, { readonly pattern: string }>;

/** A pattern that a rule asks. */
interface Question extends Asking {
  readonly name: string;
}

/** What rules may set of which patterns are asked. */
const settable = ['title', 'service'] as const;

/** What of a rule costs. */
export interface RuleCost {
  readonly conditions: number;
  readonly questions: readonly Question[];
  /** What it sets before others are asked. */
  readonly sets: readonly (typeof settable)[number][];
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
      conditions:
        RULE + NEST * nestsIn(condition) + CONDITION * leaves.length + BRING * textsOf(questions).length,
      questions,
      sets: settable.filter((name) => said?.[name] !== undefined),
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
  const sums = askedAtWorst([...questions.values()], new Map(texts.crowds()), timesOf(costs));
  const conditions = costs.reduce((all, one) => all + one.conditions, 0);
  return { ...sums, conditions, total: conditions + sums.always + sums.texts };
}

const textsOf = (questions: readonly Question[]): readonly string[] =>
  questions.flatMap(({ need }) => need ?? []);

/** Whether rules ask and set nothing that others do not: what is found under which characters depends on their order, and may count for a little more. */
export function asksNoMore(costs: readonly RuleCost[], others: readonly RuleCost[]): boolean {
  const theirs = namesIn(others);
  const counts = countsOf(others);
  return (
    [...namesIn(costs)].every((name) => theirs.has(name)) &&
    countsOf(costs).every((count, i) => count <= (counts[i] ?? 0))
  );
}

const namesIn = (costs: readonly RuleCost[]): ReadonlySet<string> =>
  new Set(costs.flatMap(({ questions }) => questions.map(({ name }) => name)));

const countsOf = (costs: readonly RuleCost[]): readonly number[] => [
  costs.reduce((all, one) => all + one.conditions, 0),
  ...settable.map((name) => costs.filter(({ sets }) => sets.includes(name)).length),
];

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

function timesOf(costs: readonly RuleCost[]): Times {
  const setting = (name: (typeof settable)[number]) =>
    1 + costs.filter(({ sets }) => sets.includes(name)).length;
  const [title, service] = [setting('title'), setting('service')];
  return (key) => (key === '@title' || key === TEXT ? title : key === '@service' ? service : 1);
}
