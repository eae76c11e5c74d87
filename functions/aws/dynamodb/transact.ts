import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { client } from './client.ts';
import { withRetries } from './retry.ts';
import { keyParameters, putParameters, updateParameters, type Write } from './write.ts';

/** Our own limit; DynamoDB's is 100. */
export const MAX_WRITES = 60;

/** What became of a transaction. A reason stands at the place of the write that failed. */
export type Transacted =
  | { readonly committed: true }
  | { readonly committed: false; readonly reasons: readonly (string | undefined)[] };

const expected = ['ConditionalCheckFailed', 'TransactionConflict'];
const passing = ['ThrottlingError', 'ProvisionedThroughputExceeded'];

/** Writes all or nothing. A failed condition or a conflict is a value; every other failure is thrown. */
export async function transact(writes: readonly Write[]): Promise<Transacted> {
  if (writes.length > MAX_WRITES) {
    throw new Error(`A transaction has at most ${MAX_WRITES} writes, this one ${writes.length}`);
  }
  if (writes.length === 0) return { committed: true };
  const command = new TransactWriteCommand({ TransactItems: writes.map(toTransactItem) });
  return withRetries('A throttled transaction', async () => {
    try {
      await client.send(command);
      return { done: true, result: { committed: true } };
    } catch (error) {
      return outcomeOf(error);
    }
  });
}

function outcomeOf(error: unknown): { done: true; result: Transacted } | { done: false; cause: unknown } {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => (Code === 'None' ? undefined : Code));
  if (codes.some((code) => code !== undefined && passing.includes(code)))
    return { done: false, cause: error };
  const known = codes.every((code) => code === undefined || expected.includes(code));
  if (!known || codes.every((code) => code === undefined)) throw error;
  return { done: true, result: { committed: false, reasons: codes } };
}

function toTransactItem(write: Write) {
  if ('put' in write) return { Put: putParameters(write) };
  if ('update' in write) return { Update: updateParameters(write) };
  if ('delete' in write) return { Delete: keyParameters(write.delete, write) };
  return { ConditionCheck: checkParameters(write) };
}

function checkParameters(write: Extract<Write, { check: unknown }>) {
  const { ConditionExpression, ...rest } = keyParameters(write.check, write);
  if (ConditionExpression === undefined) throw new Error('A check without a condition checks nothing');
  return { ...rest, ConditionExpression };
}
