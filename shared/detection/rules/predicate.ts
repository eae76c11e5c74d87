import type { AlertTexts } from './alert-texts.ts';
import type { Asked } from './asked.ts';
import { type Condition, isLeaf } from './condition.ts';
import { Questions } from './questions.ts';

/** Whether something holds of an alert. */
export type Predicate = (asked: Asked) => boolean;

/** A condition as it is asked: questions by their numbers, and others in it. */
interface Asks {
  /** All of it must hold, or any. */
  readonly isAll: boolean;
  /** Twice the number of a question, and one more where it must not hold; patterns are last. */
  readonly questions: readonly number[];
  readonly others: readonly Asks[];
}

/** Makes predicates of conditions. What many rules ask, an alert answers once. */
export class Predicates {
  readonly #questions: Questions;

  constructor(texts: AlertTexts) {
    this.#questions = new Questions(texts);
  }

  of(condition: Condition): Predicate {
    const asks = this.#asks(condition, true, false);
    return (asked) => {
      this.#questions.begin(asked);
      return this.#holds(asks, asked);
    };
  }

  #holds({ isAll, questions, others }: Asks, asked: Asked): boolean {
    for (const question of questions)
      if ((this.#questions.holds(question >> 1, asked) !== ((question & 1) === 1)) !== isAll) return !isAll;
    for (const one of others) if (this.#holds(one, asked) !== isAll) return !isAll;
    return isAll;
  }

  /** What must not hold is turned about: not all of them is any that does not. */
  #asks(condition: Condition, isAll: boolean, isTurned: boolean): Asks {
    const questions: number[] = [];
    const others: Asks[] = [];
    const take = (one: Condition, denied: boolean): void => {
      if (isLeaf(one)) {
        const { id, isDenied } = this.#questions.of(one);
        questions.push(id * 2 + (isDenied === denied ? 0 : 1));
      } else if (one.is === 'not') take(one.of, !denied);
      else if (((one.is === 'all') !== denied) === isAll) for (const inner of one.of) take(inner, denied);
      else others.push(this.#asks(one, !isAll, denied));
    };
    take(condition, isTurned);
    const [quick, slow] = [false, true].map((isSlow) =>
      questions.filter((question) => this.#questions.isPattern(question >> 1) === isSlow),
    );
    return { isAll, questions: [...(quick ?? []), ...(slow ?? [])], others };
  }
}
