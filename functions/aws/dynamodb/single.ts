import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from '../../../shared/table/index.ts';
import { client, tableName } from './client.ts';
import type { Change } from './expressions.ts';
import { withRetries } from './retry.ts';
import { type Guard, type Item, keyOf, keyParameters, putParameters, updateParameters } from './write.ts';

/** One item by its key, or undefined. Consistent unless told otherwise. */
export async function get<Row extends object>(
  key: Key,
  { consistent = true }: { readonly consistent?: boolean } = {},
): Promise<(Row & Key) | undefined> {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName(), Key: keyOf(key), ConsistentRead: consistent }),
  );
  return Item as (Row & Key) | undefined;
}

/** Puts an item; false when its guard does not hold. */
export async function put(item: Item, guard: Guard = {}): Promise<boolean> {
  const command = new PutCommand(putParameters({ put: item, ...guard }));
  return (await guarded(() => client.send(command))) !== undefined;
}

/** Puts an item whose key is new; false when there is one already. */
export async function putNew(item: Item): Promise<boolean> {
  return put(item, { ifNew: true });
}

/** Changes an item and returns it as it is then; undefined when its guard does not hold. Makes the item if there is none. */
export async function update<Row extends object>(
  key: Key,
  change: Change & Guard,
): Promise<(Row & Key) | undefined> {
  const parameters = updateParameters({ update: key, ...change });
  const command = new UpdateCommand({ ...parameters, ReturnValues: 'ALL_NEW' });
  return (await guarded(() => client.send(command)))?.Attributes as (Row & Key) | undefined;
}

/** Adds to a counter, without a condition, and returns what it is then. */
export async function add(key: Key, attribute: string, by: number): Promise<number> {
  const row = await update<Record<string, unknown>>(key, { add: { [attribute]: by } });
  const value = row?.[attribute];
  if (typeof value !== 'number') throw new Error(`The counter ${attribute} is not a number`);
  return value;
}

/** Removes an item and returns it; undefined when there was none or its guard does not hold. */
export async function remove<Row extends object>(
  key: Key,
  guard: Guard = {},
): Promise<(Row & Key) | undefined> {
  const command = new DeleteCommand({ ...keyParameters(key, guard), ReturnValues: 'ALL_OLD' });
  return (await guarded(() => client.send(command)))?.Attributes as (Row & Key) | undefined;
}

/** The answer; undefined when the condition failed. A write that meets a transaction waits its turn. */
async function guarded<Answer>(send: () => Promise<Answer>): Promise<Answer | undefined> {
  return withRetries<Answer | undefined>('A write that meets transactions', async () => {
    try {
      return { done: true, result: await send() };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return { done: true, result: undefined };
      if (error instanceof TransactionConflictException) return { done: false, cause: error };
      throw error;
    }
  });
}
