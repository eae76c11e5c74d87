import { isWorse, type Severity, severities } from '../../alerts/index.ts';
import { lazily, type Pattern, patternOf, type Reach } from '../../kernel/index.ts';
import type { AlertTexts } from './alert-texts.ts';
import { type Asked, isSet, keyOf, TEXT } from './asked.ts';
import type { Leaf } from './condition.ts';
import type { Found } from './text-index.ts';

/** What an alert says to a question. One that is not told of in this round is answered with no. */
const [NO, YES, OPEN] = [0, 1, 2];
const ANSWERS = 3;

/** A question that a pattern answers: where it looks, and what it answered last, which only its text decides. */
interface Asking {
  readonly key: string;
  readonly pattern: Pattern;
  /** What it says of an empty text, and so of a label that is not there: the question is whether it says otherwise. */
  readonly empty: boolean;
  text?: string;
  /** Of title and description, where the one ends: either may be of several lines. */
  end?: number;
  answer: boolean;
}

/** What an alert says yes to under a key that rules may set, until they do. */
interface Yes {
  readonly value: number | undefined;
  readonly found: readonly Found[];
}

const none: readonly Found[] = [];

/** Whether a pattern is found; of title and description in one of them, not across both. One that is empty counts where both are. */
function stands({ key, pattern }: Asking, text: string, asked: Asked): boolean {
  if (key !== TEXT) return pattern.test(text, asked.fold(key));
  const [title, description] = [asked.value('@title'), asked.value('@description')];
  if (title !== '' || description === '') if (pattern.test(title, asked.fold('@title'))) return true;
  return description !== '' && pattern.test(description, asked.fold('@description'));
}

/** Whether a pattern fits a severity as it is written, long or short. There are few, so each is asked once. */
function fittingSeverity(pattern: Pattern): (severity: Severity) => boolean {
  const fitting = lazily(
    () => new Set(severities.filter((one) => pattern.test(one) || pattern.test(one.slice(0, 2)))),
  );
  return (severity) => fitting().has(severity);
}

/**
 * All that the rules of a set ask, each question once under its number. An alert tells by itself which are answered with yes: its values
 * are looked up, and of patterns only those are asked whose fixed text stands in it. So a question about what is not there costs nothing.
 */
export class Questions {
  readonly #texts: AlertTexts;
  readonly #known = new Map<string, number>();
  readonly #values = new Map<string, Map<string, number>>();
  readonly #filled = new Map<string, number>();
  readonly #severities: { readonly id: number; readonly holds: (severity: Severity) => boolean }[] = [];
  readonly #patterns: (Asking | undefined)[] = [];
  /** Patterns of which no fixed text is known, by where they look: they are asked of what is there. */
  readonly #always = new Map<string, number[]>();
  readonly #told: number[] = [];
  readonly #yes = new Map<string, Yes>();
  #round = 0;
  #asked: Asked | undefined;
  #seen = 0;

  constructor(texts: AlertTexts) {
    this.#texts = texts;
  }

  /** The number of a question. An empty value is told as what is not there, a pattern that takes an empty text as one that does not match. */
  of(leaf: Leaf): { readonly id: number; readonly isDenied: boolean } {
    const isDenied = leaf.is === 'equal' && leaf.value === '' && keyOf(leaf.subject) !== '@severity';
    const told: Leaf = isDenied ? { is: 'there', subject: leaf.subject } : leaf;
    const name = JSON.stringify(told);
    const known = this.#known.get(name);
    const id = known ?? this.#told.push(NO) - 1;
    if (known === undefined) {
      this.#known.set(name, id);
      this.#asked = undefined;
      this.#add(told, id);
    }
    return { id, isDenied: isDenied || this.#patterns[id]?.empty === true };
  }

  /** Whether answering takes more than a look. */
  isPattern(id: number): boolean {
    return this.#patterns[id] !== undefined;
  }

  /** Takes another alert, or what was set of this one. */
  begin(asked: Asked): void {
    if (this.#asked === asked) {
      for (; this.#seen < asked.changed.length; this.#seen++) this.#again(asked, asked.changed[this.#seen]);
      return;
    }
    this.#asked = asked;
    this.#seen = asked.changed.length;
    this.#round += ANSWERS;
    for (const key of asked.keys()) this.#begin(asked, key);
  }

  /** What it says there was changed. */
  #again(asked: Asked, key = ''): void {
    const { value, found = none } = this.#yes.get(key) ?? {};
    this.#tell(value, NO);
    for (const { questions } of found) for (const id of questions) this.#tell(id, NO);
    this.#begin(asked, key);
  }

  #begin(asked: Asked, key: string): void {
    const value = this.#values.get(key)?.get(asked.value(key));
    const found = this.#texts.found(asked, key);
    this.#tell(this.#filled.get(key), asked.isThere(key) ? YES : NO);
    this.#tell(value, YES);
    for (const { questions } of found) for (const id of questions) this.#tell(id, OPEN);
    for (const id of this.#always.get(key) ?? []) this.#tell(id, OPEN);
    if (key === '@severity')
      for (const { id, holds } of this.#severities) this.#tell(id, holds(asked.severity) ? YES : NO);
    if (isSet(key)) this.#yes.set(key, { value, found });
  }

  /** What the alert that was begun with answers. */
  holds(id: number, asked: Asked): boolean {
    const answer = (this.#told[id] ?? 0) - this.#round;
    if (answer !== OPEN) return answer === YES;
    const holds = this.#ask(id, asked);
    this.#tell(id, holds ? YES : NO);
    return holds;
  }

  #tell(id: number | undefined, answer: number): void {
    if (id !== undefined) this.#told[id] = this.#round + answer;
  }

  #ask(id: number, asked: Asked): boolean {
    const asking = this.#patterns[id];
    if (!asking) return false;
    const text = asked.value(asking.key);
    const end = asking.key === TEXT ? asked.value('@title').length : text.length;
    if (asking.text === text && asking.end === end) return asking.answer;
    asking.answer = stands(asking, text, asked) !== asking.empty;
    asking.text = text;
    asking.end = end;
    return asking.answer;
  }

  #add(leaf: Leaf, id: number): void {
    switch (leaf.is) {
      case 'equal':
        this.#addValue(keyOf(leaf.subject), leaf.value, id);
        break;
      case 'match':
        this.#addPattern(keyOf(leaf.subject), leaf.pattern, 'whole', id);
        break;
      case 'occur':
        this.#addPattern(leaf.subject ? keyOf(leaf.subject) : TEXT, leaf.pattern, 'anywhere', id);
        break;
      case 'there':
        this.#filled.set(keyOf(leaf.subject), id);
        break;
      case 'severity': {
        const { at, than } = leaf;
        const holds = (severity: Severity) =>
          at === 'least' ? !isWorse(than, severity) : !isWorse(severity, than);
        this.#severities.push({ id, holds });
      }
    }
  }

  #addValue(key: string, value: string, id: number): void {
    const values = this.#values.get(key) ?? new Map<string, number>();
    this.#values.set(key, values.set(value, id));
  }

  #addPattern(key: string, text: string, reach: Reach, id: number): void {
    const pattern = patternOf(text, reach);
    if (key === '@severity') {
      this.#severities.push({ id, holds: fittingSeverity(pattern) });
      return;
    }
    const empty = pattern.needs.length === 0 && pattern.test('');
    this.#patterns[id] = { key, pattern, empty, answer: false };
    const need = this.#texts.cheapest(key, pattern.needs);
    if (need === undefined) this.#addAlways(key, id);
    for (const one of need ?? []) this.#texts.add(key, one, 'questions', id);
  }

  #addAlways(key: string, id: number): void {
    const always = this.#always.get(key);
    if (always) always.push(id);
    else this.#always.set(key, [id]);
  }
}
