import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AttributeValue } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemOf } from '../../functions/aws/stream-image.ts';
import { jsonClient } from '../../infra/local/engines/json-client.ts';
import type { EngineRecord } from '../../infra/local/streams/record.ts';
import { ShardCursor } from '../../infra/local/streams/shard.ts';
import { MemoryTable } from '../simulation/engine/memory-table.ts';
import { startDynamoDb } from '../support/dynamodb.ts';
import { type Operation, operations } from './table-operations.ts';

let engine: { stop(): Promise<void> };
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  engine = await startDynamoDb({ hasStream: true });
  client = DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 1 }), {
    marshallOptions: { removeUndefinedValues: true },
  });
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

type Image = Readonly<Record<string, AttributeValue>>;
type Call = (operation: Operation['operation'], input: object) => Promise<unknown>;

const commands = {
  Get: GetCommand,
  Put: PutCommand,
  Update: UpdateCommand,
  Delete: DeleteCommand,
  Query: QueryCommand,
  BatchGet: BatchGetCommand,
  TransactWrite: TransactWriteCommand,
} as const;

const onEngine: Call = (operation, input) => {
  const Command = commands[operation] as unknown as new (input: object) => PutCommand;
  return client.send(new Command(input));
};

let run = 0;
/** What the tables in memory told in their streams, one sequence after another. */
const told: Told[] = [];

it('the table in memory answers every sequence of calls as the local engine does', async () => {
  await fc.assert(
    fc.asyncProperty(operations, async (sequence) => {
      const name = `${run++}`;
      const table = new MemoryTable({ now: () => 0, chance: () => 0 });
      const inMemory: Call = async (operation, input) => table.call(operation, input);
      for (const { operation, input } of sequence) {
        const call = renamed({ operation, input }, name);
        expect(await answers(inMemory, call)).toEqual(await answers(onEngine, call));
      }
      told.push(
        ...table.records(0).map(({ eventName, keys, newImage }) => ({
          eventName,
          key: itemOf(keys as Image),
          item: newImage && itemOf(newImage as Image),
        })),
      );
    }),
    { numRuns: 200 },
  );
});

it('the table in memory tells the same in its stream, where what changes nothing is not told', async () => {
  expect(told.length).toBeGreaterThan(0);
  const streams = jsonClient(
    process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    'DynamoDBStreams_20120810',
    'local',
  );
  const cursor = new ShardCursor(streams, 'Events', 'TRIM_HORIZON', () => undefined);
  const records: Told[] = [];
  for (let more = await cursor.read(1_000); more.length > 0; more = await cursor.read(1_000)) {
    records.push(...more.map(toldBy));
  }
  streams.close();
  expect(changesIn(records)).toEqual(told);
});

/** What a reader sees of a record: the key and the item after it. */
interface Told {
  readonly eventName: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly item: unknown;
}

const toldBy = ({ eventName, dynamodb }: EngineRecord): Told => ({
  eventName,
  key: itemOf(dynamodb.Keys as Image),
  item: dynamodb.NewImage && itemOf(dynamodb.NewImage as Image),
});

/** The records without those that repeat the item's last one: the engine tells them too, AWS does not. */
function changesIn(records: readonly Told[]): readonly Told[] {
  const last = new Map<string, unknown>();
  return records.filter(({ key, item }) => {
    const name = `${key.pk} ${key.sk}`;
    if (last.has(name) && isDeepStrictEqual(last.get(name), item)) return false;
    last.set(name, item);
    return true;
  });
}

/** The call in partitions that no other sequence uses, with the name of the table. */
function renamed({ operation, input }: Operation, own: string): Operation {
  const inOwn = renamePartitions(input, own) as Readonly<Record<string, unknown>>;
  if (operation === 'BatchGet')
    return { operation, input: { RequestItems: { Events: { ...inOwn, ConsistentRead: true } } } };
  if (operation !== 'TransactWrite') return { operation, input: { TableName: 'Events', ...inOwn } };
  const items = inOwn.TransactItems as readonly Readonly<Record<string, object>>[];
  const named = items.map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([kind, write]) => [kind, { TableName: 'Events', ...write }]),
    ),
  );
  return { operation, input: { TransactItems: named } };
}

const partitions = new Set(['pk', 'gsi1pk', 'gsi2pk', ':p']);

function renamePartitions(value: unknown, own: string): unknown {
  if (Array.isArray(value)) return value.map((one) => renamePartitions(one, own));
  if (value === null || typeof value !== 'object' || value instanceof Set) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      partitions.has(name) && typeof one === 'string' && one !== ''
        ? `${own}#${one}`
        : renamePartitions(one, own),
    ]),
  );
}

/** The answer, all pages of a query, or the refusal: what a caller could see of it, but for the wording. */
async function answers(call: Call, { operation, input }: Operation): Promise<unknown> {
  const seen: unknown[] = [];
  let next: object | undefined = input;
  while (next !== undefined) {
    const answer = await outcome(call, operation, next);
    seen.push(answer);
    const { LastEvaluatedKey } = answer as { LastEvaluatedKey?: object };
    next = LastEvaluatedKey && { ...input, ExclusiveStartKey: LastEvaluatedKey };
  }
  return seen;
}

async function outcome(call: Call, operation: Operation['operation'], input: object): Promise<object> {
  try {
    const answer = (await call(operation, input)) as Readonly<Record<string, unknown>>;
    const { $metadata: _, Responses, ...rest } = answer;
    const rows = (Responses as { Events?: readonly object[] } | undefined)?.Events;
    return { ...rest, ...(rows && { rows: new Set(rows) }) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { CancellationReasons: reasons = [] } = error as {
      CancellationReasons?: readonly { Code?: string }[];
    };
    const codes = reasons.map(({ Code }) => Code);
    // Whether a fault of form is told as a reason or refused whole depends on the kind of fault; callers throw either.
    if (codes.includes('ValidationError')) return { refused: 'ValidationException', codes: [] };
    return { refused: error.name, codes };
  }
}
