import { type Pattern as KernelPattern, patternOf } from '../../kernel/index.ts';
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

/** Nanoseconds for each character that need no closer look. */
const CHEAP = 30;
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

/**
 * Reads rules, once for all that is counted of them. Of each pattern one text is chosen under which it is found, as in a set that is compiled. What is
 * not cheap by the steps of its pattern is looked at for as long as the work allows, some microseconds each.
 */
export function costsOf(rules: readonly Rule[], mostWork = 0): readonly RuleCost[] {
  const reader = new Reader(mostWork, new AlertTexts());
  return rules.map((rule) => {
    if (!rule.enabled) return { conditions: 0, questions: [], sets: [] };
    const said = rule.continue === true ? rule.actions.set : undefined;
    const { conditions, questions } = reader.read(conditionOf(rule));
    return {
      conditions: RULE + conditions + BRING * textsOf(questions).length,
      questions,
      sets: settable.filter((name) => said?.[name] !== undefined),
    };
  });
}

/** Reads what every alert is asked, whatever it says. */
export function costsOfAsked(asked: readonly Condition[], mostWork = 0): readonly RuleCost[] {
  const reader = new Reader(mostWork);
  return asked.map((condition) => ({ ...reader.read(condition), sets: [] }));
}

/** Reads conditions; a question that was read before is the same one. */
class Reader {
  readonly #known = new Map<string, Question>();
  readonly #texts: AlertTexts | undefined;
  #left: number;

  constructor(mostWork: number, texts?: AlertTexts) {
    this.#left = mostWork;
    this.#texts = texts;
  }

  read(condition: Condition): Pick<RuleCost, 'conditions' | 'questions'> {
    const leaves = leavesOf(condition);
    const questions = leaves.flatMap((leaf) => ('pattern' in leaf ? [this.#question(leaf)] : []));
    return { conditions: NEST * nestsIn(condition) + CONDITION * leaves.length, questions };
  }

  #question(leaf: Pattern): Question {
    const name = JSON.stringify(leaf);
    const known = this.#known.get(name);
    if (known) return known;
    const pattern = patternOf(leaf.pattern, leaf.is === 'match' ? 'whole' : 'anywhere');
    const key = leaf.subject ? keyOf(leaf.subject) : TEXT;
    const need = this.#texts?.cheapest(key, pattern.needs);
    for (const text of need ?? []) this.#texts?.add(key, text, 'questions', this.#known.size);
    const question = { name, key, cost: this.#costOf(pattern), need };
    this.#known.set(name, question);
    return question;
  }

  #costOf(pattern: KernelPattern): number {
    if (this.#left <= 0 || pattern.cost() <= CHEAP) return pattern.cost();
    const { cost, work } = pattern.lookedAt();
    this.#left -= work;
    return cost;
  }
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

function timesOf(costs: readonly RuleCost[]): Times {
  const setting = (name: (typeof settable)[number]) =>
    1 + costs.filter(({ sets }) => sets.includes(name)).length;
  const [title, service] = [setting('title'), setting('service')];
  return (key) => (key === '@title' || key === TEXT ? title : key === '@service' ? service : 1);
}
