import type { EngineCall, Observe } from '../../infra/local/engines/fault-proxy.ts';
import { permits } from '../../infra/stack.ts';
import { type FunctionName, functions, queues } from '../../shared/wiring/index.ts';

/** Watches what functions do, and tells what their roles in AWS would not let them. */
export interface PermitWatch {
  readonly observe: Observe;
  /** `Function: operation`, each once. */
  beyond(): readonly string[];
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

/** A watch for the option `observe` of a local system. */
export function permitWatch(): PermitWatch {
  const beyond = new Set<string>();
  return {
    beyond: () => [...beyond].sort(),
    observe(call) {
      const name = call.function.replace(/Function[0-9A-F]{8}$/, '');
      if (!isFunction(name)) return;
      for (const one of wantedBy(call)) if (!mayDo(name, one)) beyond.add(`${name}: ${one}`);
    },
  };
}

const isFunction = (name: string): name is FunctionName => Object.hasOwn(functions, name);

/** What a call needs: operations on the table, `send <queue>` or `mail`. */
function wantedBy({ service, operation, body }: EngineCall): readonly string[] {
  if (service === 'ses') return ['mail'];
  if (service === 'sqs') return operation.startsWith('SendMessage') ? [`send ${queueIn(body)}`] : [];
  if (service !== 'dynamodb') return [];
  const asked = JSON.parse(body) as { IndexName?: string; TransactItems?: readonly object[] };
  if (asked.TransactItems)
    return asked.TransactItems.flatMap(Object.keys).map((key) => inTransaction[key] ?? key);
  return [asked.IndexName ?? operations[operation] ?? operation];
}

function queueIn(body: string): string {
  const { QueueUrl } = JSON.parse(body) as { QueueUrl: string };
  const found = Object.keys(queues).find((name) => QueueUrl.toLowerCase().includes(`stores${name}queue`));
  return found ?? QueueUrl;
}

function mayDo(name: FunctionName, wanted: string): boolean {
  const { table = [], send = [], mail = false } = permits[name];
  if (wanted === 'mail') return mail;
  return [...table, ...send.map((queue) => `send ${queue}`)].includes(wanted);
}
