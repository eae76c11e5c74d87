import * as z from 'zod';
import { jsonClient } from '../engines/json-client.ts';
import type { World } from '../resource.ts';

/** What of a table says which permissions a call needs. */
export interface TableShape {
  readonly arn: string;
  /** Name of the partition key of the table, under ``, and of each index. */
  readonly partitionKeys: ReadonlyMap<string, string>;
}

const Keys = z.array(z.looseObject({ AttributeName: z.string(), KeyType: z.string() }));
const Properties = z.looseObject({
  KeySchema: Keys,
  GlobalSecondaryIndexes: z.array(z.looseObject({ IndexName: z.string(), KeySchema: Keys })).default([]),
  LocalSecondaryIndexes: z.array(z.looseObject({ IndexName: z.string(), KeySchema: Keys })).default([]),
});

/** The tables of a template by their name. */
export function tablesOf({ all }: Pick<World, 'all'>): ReadonlyMap<string, TableShape> {
  return new Map(
    [...all('AWS::DynamoDB::GlobalTable'), ...all('AWS::DynamoDB::Table')].map(({ identity, properties }) => {
      const { KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } = Properties.parse(properties);
      const indexes = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes];
      const partitionKeys = new Map([
        ['', partitionKeyOf(KeySchema)],
        ...indexes.map((index) => [index.IndexName, partitionKeyOf(index.KeySchema)] as const),
      ]);
      return [identity.ref, { arn: identity.attributes.Arn ?? '', partitionKeys }] as const;
    }),
  );
}

/**
 * The tables that lie in the engine already, by their name. One that the template only names, such as a restored one, is
 * described nowhere else.
 */
export async function storedTables(
  endpoint: string,
  { id, region }: World['account'],
): Promise<ReadonlyMap<string, TableShape>> {
  const client = jsonClient(endpoint, 'DynamoDB_20120810', region);
  try {
    const { TableNames } = await client.call<{ TableNames: readonly string[] }>('ListTables', {});
    const described = await Promise.all(
      TableNames.map((TableName) => client.call<{ Table: unknown }>('DescribeTable', { TableName })),
    );
    return tablesOf({
      all: <Property>(type: string) =>
        (type === 'AWS::DynamoDB::Table' ? described : []).map(({ Table }, place) => {
          const ref = TableNames[place] ?? '';
          return {
            id: ref,
            type,
            identity: { ref, attributes: { Arn: `arn:aws:dynamodb:${region}:${id}:table/${ref}` } },
            properties: Table as Property,
          };
        }),
    });
  } finally {
    client.close();
  }
}

const partitionKeyOf = (keys: z.infer<typeof Keys>): string =>
  keys.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
