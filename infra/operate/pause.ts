import {
  DeleteFunctionConcurrencyCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { functions } from '../../shared/wiring/index.ts';
import type { Target } from './target.ts';

/** What may not be told to wait: senders, who are answered as ever, and who asks for permission before others. */
const goOn: ReadonlySet<string> = new Set(['Receive', 'Authorize', 'Api']);

/** What is started by people, sockets and the clock. Queues have mappings that can be disabled, so that no try is used up. */
const started: ReadonlySet<string> = new Set(['http', 'socket', 'schedule', 'authorizer']);

/**
 * Stops everything that writes to the table, or lets it go on, and hears one line about each. Alerts are accepted meanwhile and
 * wait in their queue. Doing it twice changes nothing.
 *
 * @param isPaused whether it is to stand still from now on
 */
export async function pause(target: Target, isPaused: boolean, tell: (line: string) => void): Promise<void> {
  if (target.kind === 'local')
    throw new Error('On this machine stop npm start instead; in AWS name the stack by --stack.');
  const lambda = new LambdaClient(target.clientConfig('lambda'));
  const set = (name: string) => setFunction(lambda, name, isPaused);
  const done = isPaused ? 'stands still' : 'runs again';
  try {
    for (const { physical } of target.resources('AWS::Lambda::EventSourceMapping'))
      if (await setQueue(lambda, physical, !isPaused)) tell(`the queue reader ${physical} ${done}`);
    for (const [name, { trigger }] of Object.entries(functions)) {
      if (goOn.has(name) || !started.has(trigger)) continue;
      const physical = functionOf(target, name);
      await set(physical);
      tell(`${physical} ${done}`);
    }
  } finally {
    lambda.destroy();
  }
}

/** Whether it is of a queue, and was set: readers of the stream go on, they only tell what is recorded. */
async function setQueue(lambda: LambdaClient, UUID: string, Enabled: boolean): Promise<boolean> {
  const { EventSourceArn } = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
  if (EventSourceArn?.split(':')[2] !== 'sqs') return false;
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  return true;
}

/** With 0 executions kept for it, a function is not started; the stack keeps none for these. */
async function setFunction(lambda: LambdaClient, FunctionName: string, isPaused: boolean): Promise<void> {
  if (isPaused) {
    const none = { FunctionName, ReservedConcurrentExecutions: 0 };
    await lambda.send(new PutFunctionConcurrencyCommand(none));
  } else await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
}

function functionOf(target: Target, name: string): string {
  const found = target
    .resources('AWS::Lambda::Function')
    .find(({ id }) => id.replace(/[0-9A-F]{8}$/, '') === `${name}Function`);
  if (found === undefined) throw new Error(`${target.name} has no function ${name}. Is it this system?`);
  return found.physical;
}
