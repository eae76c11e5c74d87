import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { foreignCursor } from '../../../shared/kernel/index.ts';
import { type Key, table } from '../../../shared/table/index.ts';
import { client, tableName } from './client.ts';
import { Aliases } from './expressions.ts';

/** A place inside one partition, after which a page goes on: the sort key, and for an index also the item's own key. */
export type Position = readonly string[];

/** A range of one partition. `from` and `to` are inclusive and may not be joined with `prefix`. */
export interface Query {
  readonly partition: string;
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  /** The most items to return; without it all pages are read. */
  readonly limit?: number;
  readonly backwards?: boolean;
  readonly index?: (typeof table.indexes)[number]['name'];
  /** True by default on the table itself; an index is never consistent. */
  readonly consistent?: boolean;
  readonly after?: Position;
  /** The attributes to hand over, `a.b` for one inside another; all when absent. It costs as many read units. */
  readonly only?: readonly string[];
}

/** The items of a range, and where the next page begins when there are more. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next?: Position;
}

/** Reads a range in the order of its sort key. */
export async function query<Row extends object>(wanted: Query): Promise<Page<Row & Key>> {
  const attributes = attributesOf(wanted.index);
  const items: (Row & Key)[] = [];
  const limit = wanted.limit ?? Number.POSITIVE_INFINITY;
  for await (const answer of answersOf(inputOf(wanted, attributes))) {
    items.push(...(answer as (Row & Key)[]));
    if (items.length > limit) break;
  }
  const page = items.slice(0, limit);
  const last = page.at(-1);
  if (items.length <= limit || last === undefined) return { items: page };
  return { items: page, next: attributes.position.map((name) => String(Reflect.get(last, name))) };
}

/** Reads a whole range in the order of its sort key, each answer of the table as it comes: what was made of one may be let go. */
export function queryAnswers<Row extends object>(
  wanted: Omit<Query, 'limit'>,
): AsyncGenerator<readonly Row[]> {
  return answersOf(inputOf(wanted, attributesOf(wanted.index))) as AsyncGenerator<readonly Row[]>;
}

async function* answersOf(first: QueryCommandInput): AsyncGenerator<readonly object[]> {
  let input: QueryCommandInput | undefined = first;
  while (input !== undefined) {
    const answer: QueryCommandOutput = await client.send(new QueryCommand(input));
    yield answer.Items ?? [];
    const next: QueryCommandInput['ExclusiveStartKey'] = answer.LastEvaluatedKey;
    input = next && { ...input, ExclusiveStartKey: next };
  }
}

interface Attributes {
  readonly partition: string;
  readonly sort: string;
  readonly position: readonly string[];
}

function attributesOf(index: Query['index']): Attributes {
  const { partitionKey, sortKey } = table.indexes.find(({ name }) => name === index) ?? table;
  const own = index === undefined ? [] : [table.partitionKey, table.sortKey];
  return { partition: partitionKey, sort: sortKey, position: [sortKey, ...own] };
}

function inputOf(wanted: Query, attributes: Attributes): QueryCommandInput {
  const aliases = new Aliases();
  const { partition, limit, index, after, only } = wanted;
  const path = (names: string) =>
    names
      .split('.')
      .map((name) => aliases.name(name))
      .join('.');
  const condition = `${aliases.name(attributes.partition)} = ${aliases.value(partition)}`;
  const range = rangeText(wanted, attributes.sort, aliases);
  // Where a page ends is told by the keys of its last item.
  const projected = only && [...only, ...(limit === undefined ? [] : attributes.position)];
  return {
    TableName: tableName(),
    KeyConditionExpression: range === undefined ? condition : `${condition} AND ${range}`,
    ConsistentRead: index === undefined && (wanted.consistent ?? true),
    ScanIndexForward: !wanted.backwards,
    ...(index !== undefined && { IndexName: index }),
    // One more than asked tells whether there is a next page.
    ...(limit !== undefined && { Limit: limit + 1 }),
    ...(after !== undefined && { ExclusiveStartKey: startOf(wanted, after, attributes) }),
    ...(projected && { ProjectionExpression: [...new Set(projected)].map(path).join(', ') }),
    ...aliases.maps(),
  };
}

function rangeText({ prefix, from, to }: Query, sort: string, aliases: Aliases): string | undefined {
  if (prefix !== undefined && (from !== undefined || to !== undefined)) {
    throw new Error('A query has a prefix or bounds, not both');
  }
  const name = (): string => aliases.name(sort);
  if (prefix !== undefined) return `begins_with(${name()}, ${aliases.value(prefix)})`;
  if (from !== undefined && to !== undefined) {
    return `${name()} BETWEEN ${aliases.value(from)} AND ${aliases.value(to)}`;
  }
  if (from !== undefined) return `${name()} >= ${aliases.value(from)}`;
  return to === undefined ? undefined : `${name()} <= ${aliases.value(to)}`;
}

/** A position comes back from clients: its partition is the query's own, and it must lie inside the range. */
function startOf({ partition, prefix = '', from, to }: Query, after: Position, names: Attributes) {
  const [sort = ''] = after;
  const inside = sort.startsWith(prefix) && sort >= (from ?? sort) && sort <= (to ?? sort);
  if (after.length !== names.position.length || after.includes('') || !inside) {
    throw foreignCursor();
  }
  const position = Object.fromEntries(names.position.map((name, i) => [name, after[i]]));
  return { ...position, [names.partition]: partition };
}
