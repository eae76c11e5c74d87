import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startTables } from '../../../../infra/local/engines/dynoxide.ts';
import { startProxyAlone } from '../../../../infra/local/proxy/alone.ts';
import type { EngineAnswer, EngineCall } from '../../../../infra/local/proxy/call.ts';
import { accessKeyOf, type Caller } from '../../../../infra/local/proxy/caller.ts';
import type { Fault } from '../../../../infra/local/proxy/fault.ts';

/** A table engine behind a proxy that does to the next calls what a test says, and tells of all. */
export interface Watched {
  readonly client: DynamoDBClient;
  /** What befalls the next calls, one each. */
  faults: (Fault | undefined)[];
  readonly calls: (EngineCall & EngineAnswer)[];
  readonly killed: Caller[];
  stop(): Promise<void>;
}

/** Starts it with a table `Events` of keys `pk` and `sk` and an index `gsi1` of `g` and `h`. */
export async function watchedTables(): Promise<Watched> {
  const folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  const engine = await startTables(folder, new Map());
  const watched = { faults: [] as Watched['faults'], calls: [] as Watched['calls'], killed: [] as Caller[] };
  const between = {
    faults: () => watched.faults.shift(),
    observe: (call: EngineCall, answer: EngineAnswer) => void watched.calls.push({ ...call, ...answer }),
  };
  const proxy = await startProxyAlone('dynamodb', engine.endpoint, between, (one) =>
    watched.killed.push(one),
  );
  const client = clientOf(DynamoDBClient, proxy.address);
  await client.send(
    new CreateTableCommand({
      TableName: 'Events',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys('pk', 'sk'),
      AttributeDefinitions: ['pk', 'sk', 'g', 'h'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        { IndexName: 'gsi1', KeySchema: keys('g', 'h'), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
  watched.calls.length = 0;
  return Object.assign(watched, {
    client,
    async stop() {
      client.destroy();
      await proxy.stop();
      await engine.stop();
      await rm(folder, { recursive: true });
    },
  });
}

/** A client of the SDK that signs as the first environment of `Tester` and tries once. */
export function clientOf<Client>(Kind: new (settings: object) => Client, endpoint: string): Client {
  const accessKeyId = accessKeyOf({ function: 'Tester', environment: 1 });
  const credentials = { accessKeyId, secretAccessKey: 'local' };
  return new Kind({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];
