import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/system.ts';

/** The single table of a running system, past the API: for what the API is right not to show. */
export interface StoredTable {
  /** All items of a partition, in the order of their sort keys. */
  items(partition: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** All items of all partitions. */
  everything(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): void;
}

/** Opens the table of a running system for reading. */
export function storedTable(system: LocalSystem): StoredTable {
  const credentials = { accessKeyId: 'story', secretAccessKey: 'story' };
  const region = system.environment.AWS_REGION ?? 'us-east-1';
  const endpoint = system.engines.dynamodb;
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region, credentials, endpoint }));
  const [table] = system.all('AWS::DynamoDB::GlobalTable');
  if (!table) throw new Error('The stack has no table');
  return {
    async items(partition) {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: table.identity.ref,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': partition },
        }),
      );
      return Items;
    },
    async everything() {
      const all: Record<string, unknown>[] = [];
      const wanted = { TableName: table.identity.ref, ConsistentRead: true };
      for await (const { Items = [] } of paginateScan({ client: documents }, wanted)) all.push(...Items);
      return all;
    },
    close: () => documents.destroy(),
  };
}
