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
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MemoryTable } from '../simulation/engine/memory-table.ts';
import { startDynamoDb } from '../support/dynamodb.ts';
import { type Operation, operations } from './table-operations.ts';

let engine: { stop(): Promise<void> };
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  engine = await startDynamoDb();
  client = DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 1 }), {
    marshallOptions: { removeUndefinedValues: true },
  });
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

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

function inMemory(): Call {
  const table = new MemoryTable({ now: () => 0, chance: () => 0 });
  return async (operation, input) => table.call(operation, input);
}

let run = 0;

it('the table in memory answers every sequence of calls as the local engine does', async () => {
  await fc.assert(
    fc.asyncProperty(operations, async (sequence) => {
      const name = `${run++}`;
      const memory = inMemory();
      for (const { operation, input } of sequence) {
        const call = renamed({ operation, input }, name);
        expect(await answers(memory, call)).toEqual(await answers(onEngine, call));
      }
    }),
    { numRuns: 300 },
  );
});

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
    const { CancellationReasons: reasons } = error as { CancellationReasons?: readonly { Code?: string }[] };
    return { refused: error.name, ...(reasons && { reasons: reasons.map(({ Code }) => Code) }) };
  }
}
