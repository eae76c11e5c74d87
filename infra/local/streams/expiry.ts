import type { Core } from '../core.ts';
import { EngineError, type JsonClient } from '../engines/json-client.ts';
import type { Running } from '../resource.ts';
import { itemName } from './record.ts';

type Key = Readonly<Record<string, unknown>>;
type Page = { Items: Record<string, { N?: string }>[]; LastEvaluatedKey?: Key };

/** How often it is looked for items to delete, in milliseconds. In AWS it takes days, so nothing may count on it. */
const period = 6 * 3_600_000;

/** Deletes items whose time to live has passed, every six hours of the clock; the engine itself never does. */
export function startExpiry(table: string, attribute: string, client: JsonClient, world: Core): Running {
  let stopped = false;
  world.addRecurring({
    next: (after) => (Math.floor(after / period) + 1) * period,
    run: () => (stopped ? Promise.resolve() : world.busy(() => sweep(table, attribute, client, world))),
  });
  return {
    async stop() {
      stopped = true;
    },
  };
}

async function sweep(table: string, attribute: string, client: JsonClient, world: Core): Promise<void> {
  const now = String(Math.floor(world.clock.now() / 1_000));
  const names = await keyNames(table, client);
  let start: Key | undefined;
  do {
    const page: Page = await client.call<Page>('Scan', {
      TableName: table,
      // Small pages: the engine serves one call at a time.
      Limit: 200,
      FilterExpression: '#ttl < :now',
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: { ':now': { N: now } },
      ExclusiveStartKey: start,
    });
    for (const item of page.Items) {
      const key = Object.fromEntries(names.map((name) => [name, item[name]]));
      await remove(table, attribute, key, item[attribute], client, world);
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

async function remove(
  table: string,
  attribute: string,
  key: Key,
  seen: unknown,
  client: JsonClient,
  world: Core,
): Promise<void> {
  const name = itemName(table, key);
  world.expired.set(name, new Set());
  try {
    await client.call('DeleteItem', {
      TableName: table,
      Key: key,
      ConditionExpression: '#ttl = :seen',
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: { ':seen': seen },
    });
  } catch (error) {
    world.expired.delete(name);
    // Somebody prolonged its life meanwhile.
    if (!(error instanceof EngineError && error.name === 'ConditionalCheckFailedException')) throw error;
  }
}

async function keyNames(table: string, client: JsonClient): Promise<string[]> {
  const { Table } = await client.call<{ Table: { KeySchema: { AttributeName: string }[] } }>(
    'DescribeTable',
    { TableName: table },
  );
  return Table.KeySchema.map((one) => one.AttributeName);
}
