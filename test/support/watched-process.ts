import { AsyncLocalStorage } from 'node:async_hooks';
import type { FunctionName } from '../../shared/wiring/index.ts';
import { permitWatch } from './within-permits.ts';

/** Watches what the functions do that a test calls in its own process. */
export interface WatchedProcess {
  /** The handler, watched as this function. */
  as<Arguments extends readonly unknown[], Answer>(
    name: FunctionName,
    handler: (...given: Arguments) => Answer,
  ): (...given: Arguments) => Answer;
  /** Says that a message is sent to a queue, by whichever function is at work. */
  sends(queue: string): void;
  /** Throws when a function did what its role in AWS would not let it. */
  stop(): void;
}

const answered = { status: 200, took: 0 };

/** Begins to watch the adapters of this process; what a test asks of them outside of a handler is its own affair. */
export async function watchProcess(): Promise<WatchedProcess> {
  const { client } = await import('../../functions/aws/dynamodb/client.ts');
  const working = new AsyncLocalStorage<FunctionName>();
  const watch = permitWatch();
  const observe = (service: 'dynamodb' | 'sqs', operation: string, body: string) => {
    const name = working.getStore();
    if (name) watch.observe({ service, operation, function: name, environment: 1, body }, answered);
  };
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers, body } = args.request as { headers: Record<string, string>; body: Uint8Array };
      const operation = headers['x-amz-target']?.split('.').at(-1) ?? '';
      observe('dynamodb', operation, new TextDecoder().decode(body));
      return next(args);
    },
    { step: 'finalizeRequest', name: 'permits' },
  );
  return {
    as:
      (name, handler) =>
      (...given) =>
        working.run(name, () => handler(...given)),
    sends: (queue) => observe('sqs', 'SendMessage', JSON.stringify({ QueueUrl: `Stores${queue}Queue` })),
    stop() {
      client.middlewareStack.remove('permits');
      const beyond = watch.beyond();
      if (beyond.length > 0) throw new Error(`Not permitted in infra/permits.ts: ${beyond.join(', ')}`);
    },
  };
}
