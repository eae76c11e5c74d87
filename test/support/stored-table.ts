import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/system.ts';
import { table as layout } from '../../shared/table/index.ts';

type Row = Readonly<Record<string, unknown>>;
type IndexName = (typeof layout.indexes)[number]['name'];

/** The single table of a running system, past the API: for what the API is right not to show. */
export interface StoredTable {
  /** All items of a partition, of the table or of one of its indexes, in the order of their sort keys. */
  items(partition: string, index?: IndexName): Promise<readonly Row[]>;
  /** All items of all partitions. */
  everything(): Promise<readonly Row[]>;
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
    async items(partition, index) {
      const key = layout.indexes.find(({ name }) => name === index)?.partitionKey ?? layout.partitionKey;
      const rows: Row[] = [];
      const pages = paginateQuery(
        { client: documents },
        {
          TableName: table.identity.ref,
          ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
          KeyConditionExpression: '#key = :partition',
          ExpressionAttributeNames: { '#key': key },
          ExpressionAttributeValues: { ':partition': partition },
        },
      );
      for await (const { Items = [] } of pages) rows.push(...Items);
      return rows;
    },
    async everything() {
      const rows: Row[] = [];
      const wanted = { TableName: table.identity.ref, ConsistentRead: true };
      for await (const { Items = [] } of paginateScan({ client: documents }, wanted)) rows.push(...Items);
      return rows;
    },
    close: () => documents.destroy(),
  };
}
