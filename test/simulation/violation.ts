/** What the promises are that a run is held to, by the names that a violation gives. */
export const promises = {
  I1: 'each accepted alert is kept, and is in an incident whose log tells of it, or was suppressed on the record',
  I2: 'counts are exact, whatever came twice or late',
  I3: 'each step of an escalation is taken, in its turn, not before its time, and tells each person once or says that it may be again',
  I4: 'an open incident that nobody answered always has a next step, and somebody takes it',
  I5: 'what is over pages nobody',
  I6: 'no call for one organisation reaches into another',
  I7: 'a log has no gaps, nothing in it changes, and a room that comes back gets what it missed',
  I9: 'nothing is called done, to a sender or to a queue, before it is',
  'one open incident': 'of one key at most one incident is open, and its guard says which',
  outcome:
    'order and repetition do not matter: it is as if the same alerts had come one by one in the order of their times',
  'rules in force': 'an incident is opened by a rule that is in force when it opens',
  people: 'what a person may do is not refused',
  frozen: 'a function answers only when its calls have ended, since nothing runs after the answer',
  rest: 'the system comes to rest',
  'the run itself': 'the simulation itself has no fault',
} as const;

export type PromiseName = keyof typeof promises;

/** A promise that was broken: which one, and the facts that show it. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: PromiseName;

  constructor(invariant: PromiseName, what: string, shown?: unknown) {
    super(`${invariant}: ${what}${shown === undefined ? '' : `\n${JSON.stringify(shown, null, 1)}`}`);
    this.invariant = invariant;
  }
}
