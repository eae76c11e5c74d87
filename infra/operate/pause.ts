import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteFunctionConcurrencyCommand,
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { functions } from '../../shared/wiring/index.ts';
import type { Target } from './target.ts';

/**
 * What may not be told to wait: senders, who are answered as ever, who asks for permission before others, and the publisher, which
 * knows no table. Not `Alerts`: a call of a heartbeat, as all else it does, is a write to the table that is being left.
 */
const goOn: ReadonlySet<string> = new Set([
  'Receive',
  'TakeEvents',
  'ReceiveMail',
  'Authorize',
  'Api',
  'Publish',
  'Refresh',
]);

/** Stands still while a system is paused, and for no other reason. */
const witness = 'Sweep';

/** Whether a system in AWS is paused; undefined where it has no such function. */
export async function isPausedNow(target: Target): Promise<boolean | undefined> {
  const physical = functionNamed(target, witness);
  if (physical === undefined) return undefined;
  const lambda = new LambdaClient(target.clientConfig('lambda'));
  try {
    const command = new GetFunctionConcurrencyCommand({ FunctionName: physical });
    return (await lambda.send(command)).ReservedConcurrentExecutions === 0;
  } finally {
    lambda.destroy();
  }
}

/** What is started by people, sockets and the clock. Queues have mappings that can be disabled, so that no try is used up. */
const started: ReadonlySet<string> = new Set(['http', 'socket', 'schedule', 'authorizer']);

/**
 * Stops everything that writes to the table, or lets it go on, and hears one line about each. Alerts are accepted meanwhile and
 * wait in their queue. Doing it twice changes nothing.
 *
 * @param isPaused whether it is to stand still from now on
 */
export async function pause(
  target: Target,
  isPaused: boolean,
  tell: (line: string) => void,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<void> {
  if (target.kind === 'local')
    throw new Error('On this machine stop npm start instead; in AWS name the stack by --stack.');
  const lambda = new LambdaClient(target.clientConfig('lambda'));
  const set = (name: string) => setFunction(lambda, name, isPaused);
  const done = isPaused ? 'stands still' : 'runs again';
  try {
    const readers = target
      .resources('AWS::Lambda::EventSourceMapping')
      .filter(({ id }) => ![...goOn].some((name) => id.startsWith(`${name}Function`)));
    const queues = await Promise.all(
      readers.map(({ physical }) => setQueue({ lambda, wait, UUID: physical }, !isPaused)),
    );
    for (const queue of queues) if (queue !== undefined) tell(`the reader of ${queue} ${done}`);
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

interface Reader {
  readonly lambda: LambdaClient;
  readonly UUID: string;
  /** Answers after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/** AWS takes some seconds, mostly under a minute. */
const glance = 2_000;
const glancesMost = 150;

/**
 * Sets the reader of a queue and waits until it is so; gives the name of the queue. Undefined for readers of the stream, which go
 * on: they only tell what is recorded.
 */
async function setQueue(reader: Reader, Enabled: boolean): Promise<string | undefined> {
  const { lambda, UUID } = reader;
  const { EventSourceArn = '', State } = await settledState(reader);
  const [, , service, , , queue] = EventSourceArn.split(':');
  if (service !== 'sqs') return undefined;
  const wanted = Enabled ? 'Enabled' : 'Disabled';
  if (State === wanted) return queue;
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  const after = await settledState(reader);
  if (after.State !== wanted)
    throw new Error(`The reader of ${queue} is ${after.State}, wanted is ${wanted}. Do it once more.`);
  return queue;
}

/** A reader that is not being changed: AWS refuses another change meanwhile. */
async function settledState({ lambda, UUID, wait }: Reader) {
  for (let glances = 0; glances < glancesMost; glances++) {
    const found = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
    if (found.State === 'Enabled' || found.State === 'Disabled') return found;
    await wait(glance);
  }
  throw new Error(
    `The reader ${UUID} was still being changed after ${(glance * glancesMost) / 60_000} minutes.`,
  );
}

/** With 0 executions kept for it, a function is not started; the stack keeps none for these. */
async function setFunction(lambda: LambdaClient, FunctionName: string, isPaused: boolean): Promise<void> {
  if (isPaused) {
    const none = { FunctionName, ReservedConcurrentExecutions: 0 };
    await lambda.send(new PutFunctionConcurrencyCommand(none));
  } else await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
}

function functionOf(target: Target, name: string): string {
  const found = functionNamed(target, name);
  if (found === undefined) throw new Error(`${target.name} has no function ${name}. Is it this system?`);
  return found;
}

const functionNamed = (target: Target, name: string): string | undefined =>
  target
    .resources('AWS::Lambda::Function')
    .find(({ id }) => id.replace(/[0-9A-F]{8}$/, '') === `${name}Function`)?.physical;
