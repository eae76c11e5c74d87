import * as z from 'zod';
import type { Core } from '../core.ts';
import { Consumer } from '../queues/consumer.ts';
import type { Resource, ResourceKind, Running } from '../resource.ts';
import { compileFilters } from '../streams/filter.ts';
import { StreamReader } from '../streams/reader.ts';

const integer = z.coerce.number().int();

const Properties = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: integer.optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  DestinationConfig: z
    .looseObject({ OnFailure: z.looseObject({ Destination: z.string() }).optional() })
    .optional(),
  Enabled: z.boolean().default(true),
  FilterCriteria: z.looseObject({ Filters: z.array(z.looseObject({ Pattern: z.string() })) }).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: integer.default(0),
  MaximumRecordAgeInSeconds: z.literal(-1).optional(),
  MaximumRetryAttempts: integer.default(-1),
  ParallelizationFactor: integer.optional(),
  ScalingConfig: z.looseObject({ MaximumConcurrency: integer.optional() }).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  Tags: z.unknown().optional(),
});

type Mapping = z.infer<typeof Properties>;

/** A Lambda event source mapping: a queue or the stream of a table feeds a function. */
export const eventSource: ResourceKind = {
  type: 'AWS::Lambda::EventSourceMapping',
  phase: 'reader',
  identity: ({ id }) => ({ ref: id, attributes: { Id: id } }),
  async start(resource, world: Core) {
    const mapping = Properties.parse(resource.properties);
    if (!mapping.Enabled) return undefined;
    requireLeave(mapping, world);
    const service = mapping.EventSourceArn.split(':')[2];
    if (service === 'sqs') return consume(resource, mapping, world);
    if (service === 'dynamodb') return read(resource, mapping, world);
    throw new Error(`${resource.id}: the local runner has no event source ${mapping.EventSourceArn}`);
  },
};

/** What a function's role must allow, so that Lambda can read the source in its name. */
const reading: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: [
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:DescribeStream',
    'dynamodb:ListStreams',
  ],
};
const givingUp: Readonly<Record<string, string>> = {
  sqs: 'sqs:SendMessage',
  s3: 's3:PutObject',
  sns: 'sns:Publish',
};

function requireLeave(
  { EventSourceArn: source, FunctionName, DestinationConfig }: Mapping,
  world: Core,
): void {
  const destination = DestinationConfig?.OnFailure?.Destination;
  const service = destination?.split(':')[2] ?? '';
  const needed = [
    ...(reading[source.split(':')[2] ?? ''] ?? []).map((action) => [action, source] as const),
    ...(destination === undefined
      ? []
      : [[givingUp[service] ?? '', service === 's3' ? `${destination}/any` : destination] as const]),
  ];
  for (const [action, resource] of needed) {
    if (!world.may(FunctionName, action, resource))
      throw new Error(`the role of ${FunctionName} does not allow ${action} on ${resource}`);
  }
}

function consume({ id }: Resource, mapping: Mapping, world: Core): Running {
  if (mapping.FilterCriteria !== undefined)
    throw new Error(`${id}: the local runner has no filters on queues`);
  return new Consumer(
    {
      id,
      function: mapping.FunctionName,
      queue: mapping.EventSourceArn.split(':')[5] ?? '',
      queueArn: mapping.EventSourceArn,
      batchSize: mapping.BatchSize ?? 10,
      window: mapping.MaximumBatchingWindowInSeconds * 1_000,
      concurrency: Math.min(
        mapping.ScalingConfig?.MaximumConcurrency ?? world.concurrency,
        world.concurrency,
      ),
      reportsItemFailures: mapping.FunctionResponseTypes.length > 0,
    },
    world,
  );
}

function read({ id }: Resource, mapping: Mapping, world: Core): Running {
  const reader = new StreamReader(
    {
      id,
      function: mapping.FunctionName,
      functionArn: mapping.FunctionName,
      table: /:table\/([^/]+)\//.exec(mapping.EventSourceArn)?.[1] ?? '',
      streamArn: mapping.EventSourceArn,
      batchSize: mapping.BatchSize ?? 100,
      window: mapping.MaximumBatchingWindowInSeconds * 1_000,
      start: mapping.StartingPosition,
      filter: compileFilters((mapping.FilterCriteria?.Filters ?? []).map((one) => one.Pattern)),
      bisect: mapping.BisectBatchOnFunctionError,
      retries: mapping.MaximumRetryAttempts < 0 ? Number.POSITIVE_INFINITY : mapping.MaximumRetryAttempts,
      reportsItemFailures: mapping.FunctionResponseTypes.length > 0,
      failureDestination: mapping.DestinationConfig?.OnFailure?.Destination,
    },
    world,
  );
  world.addReader(reader);
  return reader;
}
