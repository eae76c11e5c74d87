import { digest } from '../../kernel/index.ts';
import { AlertTexts } from '../rules/alert-texts.ts';
import { Asked, type Received } from '../rules/asked.ts';
import { type Predicate, Predicates } from '../rules/predicate.ts';
import { readWhen } from '../rules/when.ts';
import type { equalFields, InhibitionRule } from './rule.ts';

/** Alerts that mute each other by one rule: those with the same values of what must be equal. */
export interface MutingGroup {
  /** Of the guard that knows which of its sources fire. */
  readonly hash: string;
  /** What the rule is called. */
  readonly rule: string;
  /** Digest of what the rule says: another one where it was changed. */
  readonly content: string;
  /** What its alerts have alike, with the value; empty where they lack it. */
  readonly equal: readonly (readonly [name: string, value: string])[];
}

interface Ready {
  readonly rule: InhibitionRule;
  readonly content: string;
  readonly isSource: Predicate;
  readonly isTarget: Predicate;
}

/** The inhibition rules of one version of the configuration, ready to be asked. */
export class Inhibitions {
  readonly #rules: readonly Ready[];
  readonly #known = new WeakMap<object, Asked>();

  constructor(rules: readonly InhibitionRule[]) {
    const predicates = new Predicates(new AlertTexts());
    this.#rules = rules.map((rule) => ({
      rule,
      content: contentOf(rule),
      isSource: predicates.of(readWhen(rule.source).condition),
      isTarget: predicates.of(readWhen(rule.target).condition),
    }));
  }

  /** The groups in which it mutes others. */
  sourcesOf(firing: Received): readonly MutingGroup[] {
    const asked = this.#asked(firing);
    return this.#rules.filter(({ isSource }) => isSource(asked)).map((ready) => groupOf(ready, firing));
  }

  /** The groups in which it is muted. What is source and target of one rule is not muted by it: it would mute itself. */
  targetsOf(firing: Received): readonly MutingGroup[] {
    const asked = this.#asked(firing);
    return this.#rules
      .filter(({ isSource, isTarget }) => isTarget(asked) && !isSource(asked))
      .map((ready) => groupOf(ready, firing));
  }

  /** What the rule is called that says just this; undefined when none in force does. */
  nameOf(content: string): string | undefined {
    const rule = this.#rules.find((ready) => ready.content === content)?.rule;
    return rule && (rule.name ?? rule.id);
  }

  #asked(firing: Received): Asked {
    const known = this.#known.get(firing.signal) ?? new Asked(firing);
    this.#known.set(firing.signal, known);
    return known;
  }
}

const contentOf = ({ source, target, equal }: InhibitionRule): string =>
  digest('inhibition', JSON.stringify([source, target, equal])).slice(0, 12);

function groupOf({ rule, content }: Ready, { signal, from }: Received): MutingGroup {
  const fields: Readonly<Record<(typeof equalFields)[number], string | undefined>> = {
    ...{ '@title': signal.title, '@service': signal.service, '@severity': signal.severity },
    ...{ '@source': from.source, '@integration': from.integration },
  };
  const values = rule.equal.map((name) =>
    name.startsWith('@')
      ? fields[name as (typeof equalFields)[number]]
      : Object.hasOwn(signal.labels, name)
        ? signal.labels[name]
        : undefined,
  );
  const equal = rule.equal.map((name, i) => [name, values[i] ?? ''] as const);
  const hash = digest('inhibition', rule.id, ...equal.flat());
  return { hash, rule: rule.name ?? rule.id, content, equal };
}
