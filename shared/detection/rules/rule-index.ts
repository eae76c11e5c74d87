import { type Pattern, patternOf } from '../../kernel/index.ts';
import type { AlertTexts } from './alert-texts.ts';
import { type Asked, keyOf, TEXT } from './asked.ts';
import { Candidates, mark, roomFor } from './candidates.ts';
import type { Condition } from './condition.ts';

/** A value that an alert must have, or a text that must stand in one of its values, for a condition to hold. */
type Trigger = { readonly key: string } & ({ readonly value: string } | { readonly text: string });

/** More ways in which one condition can hold are not worth following. */
const MOST_TRIGGERS = 64;

/** Finds the few of many rules that an alert may match, by what each of them needs; the others are all looked at. */
export class RuleIndex {
  readonly #texts: AlertTexts;
  readonly #values = new Map<string, Map<string, number[]>>();
  /** Rules of which nothing is known that they need. */
  #always: Uint32Array = new Uint32Array(1);

  constructor(texts: AlertTexts) {
    this.#texts = texts;
  }

  /** Rules are added in their order. */
  add(condition: Condition, rule: number): void {
    const triggers = this.#triggersOf(condition);
    this.#always = roomFor(this.#always, rule + 1);
    if (triggers === undefined) mark(this.#always, rule);
    for (const trigger of triggers ?? []) this.#put(trigger, rule);
  }

  /** Every rule that this alert can match, in order, and some that it does not. */
  candidates(asked: Asked): Candidates {
    const candidates = new Candidates(this.#always);
    for (const key of asked.keys()) this.bring(candidates, asked, key);
    return candidates;
  }

  /** Adds those that what it says under this key brings. */
  bring(candidates: Candidates, asked: Asked, key: string): void {
    for (const { rules } of this.#texts.found(asked, key)) candidates.bring(rules);
    candidates.bring(this.#values.get(key)?.get(asked.value(key)) ?? none);
  }

  #put(trigger: Trigger, rule: number): void {
    if ('text' in trigger) {
      this.#texts.add(trigger.key, trigger.text, 'rules', rule);
      return;
    }
    const values = this.#values.get(trigger.key) ?? new Map<string, number[]>();
    this.#values.set(trigger.key, values);
    const rules = values.get(trigger.value) ?? [];
    values.set(trigger.value, rules);
    rules.push(rule);
  }

  #cost(triggers: readonly Trigger[]): number {
    return triggers.reduce(
      (sum, one) =>
        sum +
        ('text' in one
          ? this.#texts.cost(one.key, one.text)
          : (this.#values.get(one.key)?.get(one.value)?.length ?? 0)),
      0,
    );
  }

  /** Of which at least one is there when the condition holds; undefined when nothing is known. */
  #triggersOf(condition: Condition): readonly Trigger[] | undefined {
    switch (condition.is) {
      case 'equal':
        return condition.value === ''
          ? undefined
          : [{ key: keyOf(condition.subject), value: condition.value }];
      case 'match':
        return this.#texting(keyOf(condition.subject), patternOf(condition.pattern, 'whole'));
      case 'occur':
        return this.#texting(
          condition.subject ? keyOf(condition.subject) : TEXT,
          patternOf(condition.pattern, 'anywhere'),
        );
      case 'all':
        return this.#cheapest(condition.of.map((one) => this.#triggersOf(one)));
      case 'any':
        return this.#together(condition.of);
      default:
        return undefined;
    }
  }

  #texting(key: string, { needs }: Pattern): readonly Trigger[] | undefined {
    return this.#texts.cheapest(key, needs)?.map((text) => ({ key, text }));
  }

  #cheapest(ways: readonly (readonly Trigger[] | undefined)[]): readonly Trigger[] | undefined {
    const known = ways.flatMap((triggers) => (triggers ? [{ triggers, cost: this.#cost(triggers) }] : []));
    const [first, ...others] = known;
    return others.reduce((best, one) => (best && one.cost < best.cost ? one : best), first)?.triggers;
  }

  #together(conditions: readonly Condition[]): readonly Trigger[] | undefined {
    const triggers: Trigger[] = [];
    for (const one of conditions) {
      const own = this.#triggersOf(one);
      if (own === undefined || triggers.length + own.length > MOST_TRIGGERS) return undefined;
      triggers.push(...own);
    }
    return triggers;
  }
}

const none: readonly number[] = [];
