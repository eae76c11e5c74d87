import * as z from 'zod';
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

const partitionKeyOf = (keys: z.infer<typeof Keys>): string =>
  keys.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
