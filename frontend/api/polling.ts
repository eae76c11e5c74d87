import { type Problem, problemBehind } from './problem.ts';

/** What a repeated question has brought so far: the last good answer stays while later ones fail. */
export interface Polled<Value> {
  readonly value?: Value;
  /** When that answer came. */
  readonly at?: number;
  /** Why there is nothing newer. */
  readonly problem?: Problem;
}

export interface Polling<Value> {
  load(signal: AbortSignal): Promise<Value>;
  /** Milliseconds between an answer and the next question. */
  readonly every: number;
  hear(polled: Polled<Value>): void;
}

export interface Poller {
  /** Asks again at once, or right after the question that is under way. */
  now(): void;
  /** Asks no more until `now`. */
  rest(): void;
  stop(): void;
}

/** Asks again and again, one question at a time. */
export function startPolling<Value>({ load, every, hear }: Polling<Value>): Poller {
  const stopped = new AbortController();
  let polled: Polled<Value> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let afterwards: 'wait' | 'again' | 'rest' = 'wait';
  const ask = (): void => {
    clearTimeout(timer);
    asking = true;
    afterwards = 'wait';
    load(stopped.signal).then(
      (value) => answered({ value, at: Date.now() }),
      (thrown: unknown) => answered({ ...polled, problem: problemBehind(thrown) }),
    );
  };
  const answered = (heard: Polled<Value>): void => {
    if (stopped.signal.aborted) return;
    asking = false;
    polled = heard;
    hear(polled);
    if (afterwards === 'again') ask();
    else if (afterwards === 'wait') timer = setTimeout(ask, every);
  };
  ask();
  return {
    now: () => {
      if (asking) afterwards = 'again';
      else ask();
    },
    rest: () => {
      clearTimeout(timer);
      afterwards = 'rest';
    },
    stop: () => {
      clearTimeout(timer);
      stopped.abort();
    },
  };
}
