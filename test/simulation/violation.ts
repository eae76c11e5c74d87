/** A promise that was broken: which one, and the facts that show it. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: string;

  constructor(invariant: string, what: string, shown?: unknown) {
    super(`${invariant}: ${what}${shown === undefined ? '' : `\n${JSON.stringify(shown, null, 1)}`}`);
    this.invariant = invariant;
  }
}
