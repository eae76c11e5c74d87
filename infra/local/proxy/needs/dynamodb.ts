import { type Need, plainNeed } from '../../iam/need.ts';
import type { TableShape } from '../tables.ts';

type Value = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, Value>>;

/** Of the bodies of DynamoDB's operations, what says which permission they need. */
interface Asked {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly StreamArn?: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly RequestItems?: Readonly<Record<string, BatchPart | readonly Readonly<Record<string, Asked>>[]>>;
  readonly TransactItems?: readonly Readonly<Record<string, Asked>>[];
}
interface BatchPart {
  readonly Keys?: readonly Item[];
}

/** What describes the tables and where they are. */
export interface Tables {
  readonly shapes: ReadonlyMap<string, TableShape>;
  readonly account: { readonly id: string; readonly region: string };
}

const inTransaction: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** The permissions that a call to DynamoDB needs: of a transaction one for each of its parts. */
export function dynamoDbNeeds(operation: string, body: string, tables: Tables): readonly Need[] {
  const asked = JSON.parse(body) as Asked;
  if (asked.TransactItems) {
    return asked.TransactItems.flatMap((one) =>
      Object.entries(one).map(([name, part]) => needOf(inTransaction[name] ?? name, part, tables)),
    );
  }
  if (asked.RequestItems) {
    return Object.entries(asked.RequestItems).map(([TableName, part]) =>
      need(operation, TableName, '', tables, () => leadingOfBatch(part, shapeOf(TableName, tables))),
    );
  }
  return [needOf(operation, asked, tables)];
}

/** Operations that name partitions. Of a scan, for one, the request has no such key, and "for all values" holds of none. */
const naming = new Set([...Object.values(inTransaction), 'Query']);

function needOf(operation: string, asked: Asked, tables: Tables): Need {
  const { TableName = '', IndexName = '', StreamArn } = asked;
  if (TableName === '') return plainNeed(`dynamodb:${operation}`, StreamArn ?? '*');
  return need(operation, TableName, IndexName, tables, () => {
    if (!naming.has(operation)) return undefined;
    const name = shapeOf(TableName, tables)?.partitionKeys.get(IndexName);
    return [partitionIn(asked, name ?? '') ?? unknown];
  });
}

/** A partition that cannot be read out of a call fits no list of partitions. */
const unknown = 'unknown';

function need(
  operation: string,
  table: string,
  index: string,
  tables: Tables,
  leading: () => readonly string[] | undefined,
): Need {
  const { region, id } = tables.account;
  const arn = shapeOf(table, tables)?.arn ?? `arn:aws:dynamodb:${region}:${id}:table/${nameIn(table)}`;
  return {
    action: `dynamodb:${operation}`,
    resource: index === '' ? arn : `${arn}/index/${index}`,
    value: (key) => (key === 'dynamodb:LeadingKeys' ? leading() : undefined),
  };
}

/** Calls may name a table by its ARN. */
const nameIn = (table: string): string => table.slice(table.lastIndexOf('/') + 1);
const shapeOf = (table: string, { shapes }: Tables): TableShape | undefined => shapes.get(nameIn(table));

function leadingOfBatch(
  part: BatchPart | readonly Readonly<Record<string, Asked>>[],
  shape: TableShape | undefined,
): readonly string[] {
  const name = shape?.partitionKeys.get('') ?? '';
  const parts: readonly Asked[] = Array.isArray(part)
    ? part.flatMap((one) => Object.values(one))
    : ((part as BatchPart).Keys ?? []).map((Key) => ({ Key }));
  return parts.map((one) => partitionIn(one, name) ?? unknown);
}

function partitionIn({ Key, Item, ...asked }: Asked, name: string): string | undefined {
  const keys = Key ?? Item;
  if (keys !== undefined) return textOf(keys[name]);
  for (const [, left = '', right = ''] of (asked.KeyConditionExpression ?? '').matchAll(equality)) {
    const [attribute, value] = right.startsWith(':') ? [left, right] : [right, left];
    if ((asked.ExpressionAttributeNames?.[attribute] ?? attribute) === name)
      return textOf(asked.ExpressionAttributeValues?.[value]);
  }
  return undefined;
}

const equality = /([#:\w.]+)\s*=\s*([#:\w.]+)/g;

/** A key as it stands in a policy: texts and numbers as they are, bytes as base64. */
function textOf(value: Value | undefined): string | undefined {
  const [only] = Object.values(value ?? {});
  return only === undefined ? undefined : String(only);
}
