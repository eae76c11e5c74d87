import type { Instant } from './time.ts';

/**
 * The heart of a capability that has rules: `decide` says which facts a command causes, `evolve` says what a fact does to
 * the state. Both are pure; the time is an argument.
 */
export interface Decider<State, Command, Fact> {
  readonly initial: State;
  decide(state: State, command: Command, now: Instant): readonly Fact[];
  evolve(state: State, fact: Fact): State;
}

/** The state after these facts. */
export function fold<State, Command, Fact>(
  decider: Decider<State, Command, Fact>,
  facts: Iterable<Fact>,
  from = decider.initial,
): State {
  let state = from;
  for (const fact of facts) state = decider.evolve(state, fact);
  return state;
}
