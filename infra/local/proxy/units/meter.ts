import { type Answer, textAnswer } from '../answer.ts';
import type { Units } from '../call.ts';
import { type Failed, failedUnits } from './failed.ts';

type Json = Record<string, unknown>;

/** Operations on items, with what they are billed in. */
const billed: Readonly<Record<string, keyof Units>> = {
  GetItem: 'reads',
  BatchGetItem: 'reads',
  Query: 'reads',
  Scan: 'reads',
  TransactGetItems: 'reads',
  PutItem: 'writes',
  UpdateItem: 'writes',
  DeleteItem: 'writes',
  BatchWriteItem: 'writes',
  TransactWriteItems: 'writes',
};

/** A call to DynamoDB that is done with the meter on. */
export interface Metered {
  /** What the function gets: without what only the meter asked for. */
  readonly answer: Answer;
  readonly units: Units;
}

/**
 * Does a call to DynamoDB and tells what it costs. Successes are billed by the engine, which counts as AWS does: 4 KB a read
 * and half of it when eventually consistent, 1 KB of the larger of old and new a write, double in transactions, and what
 * changes in indexes. A condition that fails costs the write that it prevents.
 */
export async function metered(
  operation: string,
  asked: Buffer,
  doing: (body: Buffer) => Promise<Answer>,
): Promise<Metered> {
  const kind = billed[operation];
  if (kind === undefined) return { answer: await doing(asked), units: { reads: 0, writes: 0 } };
  const original = JSON.parse(asked.toString()) as Json;
  const answer = await doing(Buffer.from(JSON.stringify(curious(original))));
  const said = JSON.parse(answer.body.toString()) as Json;
  const cost =
    answer.status === 200 ? consumed(said.ConsumedCapacity) : failedUnits(original, said as Failed);
  const units = { reads: 0, writes: 0, [kind]: cost };
  const { 'content-length': _, 'x-amz-crc32': __, ...headers } = answer.headers;
  return { answer: textAnswer(answer.status, JSON.stringify(modest(said, original)), headers), units };
}

const ifFailed = 'ReturnValuesOnConditionCheckFailure';

/** The same call, which asks for the units too, and for the items that make its conditions fail. */
function curious(asked: Json): Json {
  const told = (part: Json) => ('ConditionExpression' in part ? { ...part, [ifFailed]: 'ALL_OLD' } : part);
  const parts = asked.TransactItems as readonly Readonly<Record<string, Json>>[] | undefined;
  return {
    ...told(asked),
    ...(parts && {
      TransactItems: parts.map((one) =>
        Object.fromEntries(Object.entries(one).map(([name, part]) => [name, told(part)])),
      ),
    }),
    ReturnConsumedCapacity: 'INDEXES',
  };
}

/** The answer as it would have been without the curiosity. */
function modest(said: Json, asked: Json): Json {
  const { ConsumedCapacity, Item, CancellationReasons, ...rest } = said;
  const parts = (asked.TransactItems ?? []) as readonly Readonly<Record<string, Json>>[];
  const wants = (part: Json | undefined) => part?.[ifFailed] === 'ALL_OLD';
  const reasons = CancellationReasons as readonly Json[] | undefined;
  return {
    ...rest,
    ...(Item !== undefined && (said.__type === undefined || wants(asked)) && { Item }),
    ...(reasons && {
      CancellationReasons: reasons.map(({ Item: old, ...reason }, at) =>
        old !== undefined && wants(Object.values(parts[at] ?? {})[0]) ? { ...reason, Item: old } : reason,
      ),
    }),
    ...(asked.ReturnConsumedCapacity !== undefined && { ConsumedCapacity }),
  };
}

type Capacity = { readonly CapacityUnits: number };

const consumed = (capacity: unknown): number =>
  [capacity ?? []].flat().reduce<number>((sum, one) => sum + (one as Capacity).CapacityUnits, 0);
