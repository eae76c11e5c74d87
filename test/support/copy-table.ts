import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { LocalSystem } from '../../infra/local/system.ts';

/**
 * Copies the table of a running system under another name, as a restored backup is: items and indexes, and then the stream that
 * its owner switches on. Gives the ARN of that stream, as the setting `restoredTable` wants it.
 */
export async function copyTable(system: LocalSystem, name: string): Promise<string> {
  const credentials = { accessKeyId: 'story', secretAccessKey: 'story' };
  const region = system.environment.AWS_REGION ?? 'us-east-1';
  const client = new DynamoDBClient({ region, credentials, endpoint: system.engines.dynamodb });
  const [made] = system.all('AWS::DynamoDB::GlobalTable');
  if (made === undefined) throw new Error('The stack has no table');
  const { Table } = await client.send(new DescribeTableCommand({ TableName: made.identity.ref }));
  await client.send(
    new CreateTableCommand({
      TableName: name,
      KeySchema: Table?.KeySchema,
      AttributeDefinitions: Table?.AttributeDefinitions,
      GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  for await (const { Items = [] } of paginateScan({ client }, { TableName: made.identity.ref }))
    for (const Item of Items) await client.send(new PutItemCommand({ TableName: name, Item }));
  client.destroy();
  const { StreamArn = '', Arn = '' } = made.identity.attributes;
  return StreamArn.replace(Arn, Arn.replace(made.identity.ref, name));
}
