import * as z from 'zod';
import type { Core } from '../core.ts';
import { EngineError, type JsonClient, jsonClient } from '../engines/json-client.ts';
import type { Resource, ResourceKind, Running } from '../resource.ts';
import { startExpiry } from '../streams/expiry.ts';
import { physicalName } from './identity.ts';

const Index = z.looseObject({
  IndexName: z.string(),
  KeySchema: z.array(z.unknown()),
  Projection: z.unknown(),
});

const Properties = z.looseObject({
  KeySchema: z.array(z.unknown()),
  AttributeDefinitions: z.array(z.unknown()),
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  StreamSpecification: z.looseObject({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z
    .looseObject({ AttributeName: z.string(), Enabled: z.coerce.boolean() })
    .optional(),
});

/** The label with which the stream of a table is named in the template; the engine has one of its own. */
const streamLabel = '2000-01-01T00:00:00.000';

/** A DynamoDB table in the table engine: `AWS::DynamoDB::GlobalTable` (what CDK's TableV2 makes) and `::Table`. */
export const tables: readonly ResourceKind[] = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'].map(
  (type) => ({
    type,
    phase: 'store',
    identity(declared, account) {
      const name = physicalName(declared, 'TableName');
      const arn = `arn:aws:dynamodb:${account.region}:${account.id}:table/${name}`;
      return {
        ref: name,
        attributes: { Arn: arn, StreamArn: `${arn}/stream/${streamLabel}`, TableId: name },
      };
    },
    start: (resource: Resource, world: Core) => startTable(resource, world),
  }),
);

async function startTable({ identity, properties }: Resource, world: Core): Promise<Running> {
  const declared = Properties.parse(properties);
  const client = jsonClient(world.engines.dynamodb, 'DynamoDB_20120810', world.account.region);
  await create(client, identity.ref, declared);
  const ttl = declared.TimeToLiveSpecification;
  const expiry =
    ttl?.Enabled === true ? startExpiry(identity.ref, ttl.AttributeName, client, world) : undefined;
  return {
    async stop() {
      await expiry?.stop();
      client.close();
    },
  };
}

async function create(client: JsonClient, name: string, declared: z.infer<typeof Properties>): Promise<void> {
  // Global tables keep throughput and replica settings elsewhere; the engine needs only the shape.
  const shape = (indexes: readonly z.infer<typeof Index>[] | undefined) =>
    indexes?.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));
  const stream = declared.StreamSpecification;
  try {
    await client.call('CreateTable', {
      TableName: name,
      KeySchema: declared.KeySchema,
      AttributeDefinitions: declared.AttributeDefinitions,
      GlobalSecondaryIndexes: shape(declared.GlobalSecondaryIndexes),
      LocalSecondaryIndexes: shape(declared.LocalSecondaryIndexes),
      BillingMode: 'PAY_PER_REQUEST',
      ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.StreamViewType } }),
    });
  } catch (error) {
    if (!(error instanceof EngineError && error.name === 'ResourceInUseException')) throw error;
  }
}
