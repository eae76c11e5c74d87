import { isDeepStrictEqual } from 'node:util';
import { otherParameters } from './table-errors.ts';
import type { TransactInput } from './transaction.ts';

/** How long DynamoDB knows a transaction again by its token, in milliseconds. */
const KNOWN = 10 * 60 * 1_000;

/** The transactions that were done, by the tokens of their clients: a second try is answered and does nothing. */
export class TransactionTokens {
  readonly #done = new Map<string, { readonly input: TransactInput; readonly at: number }>();

  isDone(input: TransactInput, now: number): boolean {
    const before = this.#done.get(input.ClientRequestToken ?? '');
    if (before === undefined || now - before.at >= KNOWN) return false;
    if (before.input !== input && !isDeepStrictEqual(before.input, input)) throw otherParameters();
    return true;
  }

  keep(input: TransactInput, at: number): void {
    const { ClientRequestToken: token } = input;
    if (token !== undefined) this.#done.set(token, { input, at });
  }
}
