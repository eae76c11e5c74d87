import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from '../../../shared/table/index.ts';
import { allDone } from '../all-done.ts';
import { client, tableName } from './client.ts';
import { withRetries } from './retry.ts';
import { keyOf } from './write.ts';

/** What DynamoDB allows in one BatchGetItem. */
const BATCH = 100;

/** The items with these keys, in the order of the keys, undefined where there is none: one step of parallel consistent reads. */
export async function load<Row extends object>(
  keys: readonly Key[],
): Promise<readonly ((Row & Key) | undefined)[]> {
  const distinct = [...new Map(keys.map((key) => [nameOf(key), keyOf(key)])).values()];
  const chunks = Array.from({ length: Math.ceil(distinct.length / BATCH) }, (_, i) =>
    distinct.slice(i * BATCH, (i + 1) * BATCH),
  );
  const found = new Map<string, Row & Key>();
  await allDone(chunks.map((chunk) => loadChunk(chunk, found)));
  return keys.map((key) => found.get(nameOf(key)));
}

async function loadChunk<Row extends object>(
  keys: readonly Key[],
  found: Map<string, Row & Key>,
): Promise<void> {
  const name = tableName();
  let wanted = keys.map(keyOf);
  await withRetries('A batch of reads', async () => {
    const answer = await client.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys: wanted, ConsistentRead: true } } }),
    );
    for (const item of (answer.Responses?.[name] ?? []) as (Row & Key)[]) found.set(nameOf(item), item);
    wanted = ((answer.UnprocessedKeys?.[name]?.Keys ?? []) as Key[]).map(keyOf);
    return wanted.length === 0 ? { done: true, result: undefined } : { done: false };
  });
}

const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
