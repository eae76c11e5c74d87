import type { EngineCall } from '../../infra/local/proxy/call.ts';
import { queues } from '../../shared/wiring/index.ts';

/** What a call needs: an operation on items or an index, `send <queue>`, `mail`, `verify`, `video`, `channels`, `text`, `model` or `secret`; and of which partitions. */
export interface Wanted {
  readonly what: string;
  readonly partitions: readonly string[];
}

/** The leave that a function's role must give for a call. */
export function wantedBy({ service, operation, body }: EngineCall): readonly Wanted[] {
  switch (service) {
    case 'ses':
      return [alone(operation.startsWith('Send') ? 'mail' : 'verify')];
    case 'sns':
      return [alone('text')];
    case 'bedrock':
      return [alone('model')];
    case 'secrets':
      return [alone('secret')];
    case 'ssm':
      return [alone(parameterIn(body))];
    case 's3':
      // Its body is what is stored, not what is asked; test/infra/permissions.test.ts looks at who may.
      return [];
    case 'sqs':
      // What feeds a worker lets it also put back what it was handed.
      return operation.startsWith('SendMessage') ? [alone(`send ${queueIn(body)}`)] : [];
    case 'dynamodb':
      return ofTable(operation, JSON.parse(body) as Asked);
    default:
      return [alone(`${service} ${operation}`)];
  }
}

/** Whose parameter is asked for, by its path. */
function parameterIn(body: string): string {
  const { Name } = JSON.parse(body) as { readonly Name?: unknown };
  return ['channels', 'integrations'].find((each) => String(Name).includes(`/${each}/`)) ?? 'video';
}

const alone = (what: string): Wanted => ({ what, partitions: [] });

function queueIn(body: string): string {
  const { QueueUrl } = JSON.parse(body) as { QueueUrl: string };
  const found = Object.keys(queues).find((name) => QueueUrl.toLowerCase().includes(`stores${name}queue`));
  return found ?? QueueUrl;
}

type Attributes = Readonly<Record<string, { readonly S?: string }>>;

/** Of the bodies of DynamoDB's operations, what names keys. */
interface Asked {
  readonly Key?: Attributes;
  readonly Item?: Attributes;
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Attributes;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly Attributes[] }>>;
  readonly TransactItems?: readonly Readonly<Record<string, Asked>>[];
}

const operations: Readonly<Record<string, string>> = {
  GetItem: 'get',
  BatchGetItem: 'batchGet',
  Query: 'query',
  PutItem: 'put',
  UpdateItem: 'update',
  DeleteItem: 'delete',
};
const inTransaction: Readonly<Record<string, string>> = {
  Put: 'put',
  Update: 'update',
  Delete: 'delete',
  ConditionCheck: 'check',
};

function ofTable(operation: string, asked: Asked): readonly Wanted[] {
  if (asked.TransactItems)
    return asked.TransactItems.flatMap(Object.entries<Asked>).map(([name, part]) => ({
      what: inTransaction[name] ?? name,
      partitions: partitionsOf(part),
    }));
  if (asked.IndexName) return [alone(asked.IndexName)];
  return [{ what: operations[operation] ?? operation, partitions: partitionsOf(asked) }];
}

/** A partition that cannot be read out of a call is said to be unknown, which no permit for some items covers. */
function partitionsOf({ Key, Item, RequestItems, ...asked }: Asked): readonly string[] {
  const keys = [Key, Item, ...Object.values(RequestItems ?? {}).flatMap((each) => each.Keys)];
  const named = keys.flatMap((key) => (key === undefined ? [] : [key.pk?.S ?? 'unknown']));
  if (named.length > 0) return named;
  const [, value = ''] = /^#\w+ = (:\w+)/.exec(asked.KeyConditionExpression ?? '') ?? [];
  return [asked.ExpressionAttributeValues?.[value]?.S ?? 'unknown'];
}
