import type { Actor, Duration } from '../kernel/index.ts';

/** What became of one attempt. `unknown`: nobody knows whether it happened or, of a look, how it stands. `pending`: it goes on by itself. */
export type EffectResult =
  | { readonly is: 'succeeded'; readonly output: string }
  | { readonly is: 'failed'; readonly reason: string; readonly output?: string }
  | { readonly is: 'unknown'; readonly reason: string }
  /** Nothing was sent, since it is not what was approved. */
  | { readonly is: 'changed'; readonly reason: string }
  | { readonly is: 'pending'; readonly output: string; readonly token: string };

/** What a person says of the step that waits for one. */
export const stepAnswers = ['done', 'failed', 'skip', 'approve', 'refuse', 'again'] as const;
export type StepAnswer = (typeof stepAnswers)[number];

export interface Answering {
  readonly do: 'answer';
  readonly step: string;
  readonly answer: StepAnswer;
  readonly actor: Actor;
  readonly note?: string;
  /** The digest of what the step shows that it would send, where that is approved. */
  readonly sends?: string;
}

/** What can be asked of a run that has begun. */
export type RunCommand =
  /** Go on, if it is time: what a message or the sweep asks. */
  | { readonly do: 'advance' }
  | { readonly do: 'settle'; readonly step: string; readonly attempt: number; readonly result: EffectResult }
  | Answering
  | { readonly do: 'cancel'; readonly note?: string };

/** How long a worker may be at one attempt; longer than any function may run. */
export const LEASE: Duration = 30_000;
/** How often an attempt is taken up again after its worker died. */
export const MOST_ATTEMPTS = 200;
/** A run that has more facts than this is ended. */
export const MOST_FACTS = 1_000;
