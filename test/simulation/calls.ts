import type { Environment, Service } from './environment.ts';
import type { Random } from './random.ts';
import { noAnswer } from './sdk/modules.ts';

/** A call of an environment to AWS that has not been answered yet. */
export interface Call {
  readonly from: Environment;
  readonly service: Service;
  readonly operation: string;
  readonly input: unknown;
  readonly number: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (fault: unknown) => void;
  outcome: Outcome | undefined;
}

export type Outcome = { readonly answer: unknown } | { readonly fault: unknown };

/** What the calls need of the world. */
export interface Backend {
  readonly random: Random;
  /** How often a call is done and its answer is lost. */
  readonly lost: number;
  /** Does a call now; throws as AWS refuses. */
  execute(call: Call): unknown;
  /** It failed, or its answer was lost. */
  unheard(call: Call, why: 'failed' | 'lost'): void;
  traced(what: 'done' | 'answered', call: Call): void;
}

/** The calls that are under way. A call is done at one step and answered at a later one: others act in between. */
export class Calls {
  readonly pending: Call[] = [];
  private readonly backend: Backend;
  private count = 0;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** How many there were so far. */
  get begun(): number {
    return this.count;
  }

  begin(from: Environment, service: Service, operation: string, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const number = ++this.count;
      this.pending.push({ from, service, operation, input, number, resolve, reject, outcome: undefined });
    });
  }

  /** Takes one call a step further. */
  advance(): void {
    const { random } = this.backend;
    const place = random.whole(0, this.pending.length - 1);
    const call = this.pending[place];
    if (call === undefined) throw new Error('No call is under way');
    // Much can happen to others while one is slow.
    if (call.from.isSlow && this.pending.length > 1 && random.chance(0.85)) return;
    if (call.outcome === undefined) {
      call.outcome = this.perform(call);
      if (random.chance(0.5)) return;
    }
    this.answer(call, call.outcome, place);
    // What was asked together is mostly answered together.
    if (call.operation === 'Query' && random.chance(0.8)) this.answerQueries(call.from);
  }

  private answerQueries(from: Environment): void {
    for (let i = this.pending.length - 1; i >= 0; i--) {
      const call = this.pending[i];
      if (call?.from === from && call.operation === 'Query')
        this.answer(call, call.outcome ?? this.perform(call), i);
    }
  }

  private answer(call: Call, outcome: Outcome, place: number): void {
    const last = this.pending.pop();
    if (last !== undefined && last !== call) this.pending[place] = last;
    this.backend.traced('answered', call);
    if ('fault' in outcome) call.reject(outcome.fault);
    else call.resolve(outcome.answer);
  }

  /** What is under way from here is never answered; of what was not done yet, some is done all the same. */
  abandon(from: Environment): void {
    for (let i = this.pending.length - 1; i >= 0; i--) {
      const call = this.pending[i];
      if (call?.from !== from) continue;
      this.pending.splice(i, 1);
      if (call.outcome === undefined && this.backend.random.chance(0.5)) this.perform(call);
    }
  }

  isBusy(from: Environment): boolean {
    return this.pending.some((call) => call.from === from);
  }

  private perform(call: Call): Outcome {
    this.backend.traced('done', call);
    let answer: unknown;
    try {
      answer = this.backend.execute(call);
    } catch (fault) {
      // What is not AWS's own refusal is a fault of the simulation, or a violation.
      if (!isOfAws(fault)) throw fault;
      if (!isAnswer(fault)) this.backend.unheard(call, 'failed');
      return { fault };
    }
    if (this.backend.lost === 0 || !this.backend.random.chance(this.backend.lost)) return { answer };
    this.backend.unheard(call, 'lost');
    return { fault: noAnswer() };
  }
}

const isOfAws = (fault: unknown): boolean =>
  fault instanceof Error && ('$fault' in fault || fault.name === 'TimeoutError');

/** A condition that does not hold is an answer like any other. */
const isAnswer = (fault: unknown): boolean =>
  fault instanceof Error && /ConditionalCheckFailed|TransactionCanceled/.test(fault.name);
