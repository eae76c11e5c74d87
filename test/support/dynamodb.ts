import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startTables, startTablesInMemory, type TableEngine } from '../../infra/local/engines/dynoxide.ts';
import { table } from '../../shared/table/index.ts';
import { env } from '../../shared/wiring/index.ts';
import { shortLived } from './memory.ts';

type Engine = Pick<TableEngine, 'endpoint' | 'stop'>;

/**
 * Starts the DynamoDB engine, makes the single table and points this process's adapters at it. The table has its stream when somebody
 * is to read it: without, the engine has much less to write.
 */
export async function startDynamoDb({ hasStream = false } = {}): Promise<{ stop(): Promise<void> }> {
  const engine = hasStream ? await startOverFile() : await startTablesInMemory();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    [env.table]: 'Events',
  });
  await createTable(hasStream);
  return { stop: () => engine.stop() };
}

/** The engine over a new file, where its stream has the index without which each write reads all that was told before. */
async function startOverFile(): Promise<Engine> {
  const folder = await mkdtemp(join(shortLived(), 'dynamodb-'));
  const engine = await startTables(folder, new Map());
  return {
    endpoint: engine.endpoint,
    async stop() {
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createTable(hasStream: boolean): Promise<void> {
  const client = new DynamoDBClient();
  const keys = [table, ...table.indexes].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);
  await client.send(
    new CreateTableCommand({
      TableName: 'Events',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keySchema(table),
      AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
      GlobalSecondaryIndexes: table.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: index.projection },
      })),
      ...(hasStream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }),
    }),
  );
  client.destroy();
}

const keySchema = ({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];
