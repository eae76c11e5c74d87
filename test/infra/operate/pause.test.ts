import {
  DeleteFunctionConcurrencyCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { pause } from '../../../infra/operate/pause.ts';
import { pauseLine } from '../../../infra/operate/pause-command.ts';
import type { StackResource, Target } from '../../../infra/operate/target.ts';
import { permits } from '../../../infra/permits.ts';
import { type FunctionName, functions, routes } from '../../../shared/wiring/index.ts';
import { synthesized } from '../synthesized.ts';

/** The functions and mappings of the real template; each is called in AWS what it is called in the template. */
const resources: readonly StackResource[] = synthesized().resources.map(({ id, Type }) => ({
  id,
  type: Type,
  physical: id,
}));
const system = (kind: Target['kind']): Target => ({
  kind,
  name: 'IncidentManagement',
  outputs: {},
  resources: (type) => resources.filter((one) => one.type === type),
  clientConfig: () => ({ region: 'eu-central-1' }),
});
const named = (id: string | undefined) => id?.replace(/Function[0-9A-F]{8}$/, '');
const writing = ['put', 'update', 'delete'];

describe('[F90] pausing a system', () => {
  const lambda = mockClient(LambdaClient);
  afterAll(() => lambda.restore());
  const stream = 'arn:aws:dynamodb:eu-central-1:123456789012:table/events/stream/x';
  const queue = 'arn:aws:sqs:eu-central-1:123456789012:alerts';
  let waited = 0;
  const wait = async () => void waited++;
  const set = (isPaused: boolean, tell: (line: string) => void = () => undefined) =>
    pause(system('aws'), isPaused, tell, wait);
  beforeEach(() => {
    lambda.reset();
    const states = new Map<string, string[]>();
    waited = 0;
    // As AWS: a change is under way for some glances, and another one is refused meanwhile.
    lambda.on(GetEventSourceMappingCommand).callsFake(({ UUID }: { UUID: string }) => {
      const [first = 'Enabled', ...rest] = states.get(UUID) ?? ['Enabled'];
      states.set(UUID, rest.length > 0 ? rest : [first]);
      return { EventSourceArn: /Facts/.test(UUID) ? stream : queue, State: first };
    });
    lambda
      .on(UpdateEventSourceMappingCommand)
      .callsFake(({ UUID, Enabled }: { UUID: string; Enabled: boolean }) => {
        if ((states.get(UUID) ?? []).length > 1) throw new Error('ResourceInUseException');
        states.set(UUID, Enabled ? ['Enabling', 'Enabling', 'Enabled'] : ['Disabling', 'Disabled']);
      });
  });
  const inputs = <Input>(
    calls: readonly { readonly args: readonly [{ readonly input: Input }, ...unknown[]] }[],
  ) => calls.map(({ args }) => args[0].input);

  it('stops whatever may write to the table, but what takes alerts and what only tells of records', async () => {
    await set(true);
    const put = inputs(lambda.commandCalls(PutFunctionConcurrencyCommand));
    expect(put.every(({ ReservedConcurrentExecutions: kept }) => kept === 0)).toBe(true);
    const stopped = new Set(put.map(({ FunctionName }) => named(FunctionName)));
    const mapped = inputs(lambda.commandCalls(UpdateEventSourceMappingCommand));
    expect(mapped).toHaveLength(6);
    expect(mapped.every(({ Enabled }) => Enabled === false)).toBe(true);
    const writers = (Object.keys(functions) as FunctionName[]).filter((name) => {
      const { table = [], also } = permits[name];
      return [...table, ...[also ?? []].flat().flatMap((more) => more.table ?? [])].some((operation) =>
        writing.includes(operation),
      );
    });
    const triggers = (name: FunctionName): string => functions[name].trigger;
    expect(writers.filter((name) => !stopped.has(name) && triggers(name) !== 'queue')).toEqual([
      'Receive',
      'TakeEvents',
      'ReceiveMail',
      'Broadcast',
    ]);
    expect(triggers('Broadcast')).toBe('stream');
  });

  it('stops what takes the calls of heartbeats: answered as stored they would be gone with the table that is left', async () => {
    await set(true);
    const put = inputs(lambda.commandCalls(PutFunctionConcurrencyCommand));
    const stopped = put.map(({ FunctionName }) => named(FunctionName));
    const pinged = routes.filter(({ path }) => path.startsWith('/heartbeats/'));
    expect(pinged).toHaveLength(4);
    for (const { function: name } of pinged) expect(stopped).toContain(name);
  });

  it('lets exactly that go on again', async () => {
    await set(true);
    const stopped = inputs(lambda.commandCalls(PutFunctionConcurrencyCommand));
    const told: string[] = [];
    await set(false, (line) => told.push(line));
    const freed = inputs(lambda.commandCalls(DeleteFunctionConcurrencyCommand));
    expect(freed.map(({ FunctionName }) => FunctionName)).toEqual(
      stopped.map(({ FunctionName }) => FunctionName),
    );
    const mapped = inputs(lambda.commandCalls(UpdateEventSourceMappingCommand));
    expect(mapped.map(({ Enabled }) => Enabled)).toEqual([...Array(6).fill(false), ...Array(6).fill(true)]);
    expect(told).toHaveLength(6 + freed.length);
    expect(told[0]).toBe('the reader of alerts runs again');
  });

  it('waits until nothing is under way, and twice is as once', async () => {
    await set(true);
    expect(waited).toBe(6);
    await set(true);
    expect(lambda.commandCalls(UpdateEventSourceMappingCommand)).toHaveLength(6);
    await set(false);
    expect(waited).toBe(6 + 6 * 2);
  });

  it('is not for a system on this machine', async () => {
    await expect(pause(system('local'), true, () => undefined)).rejects.toThrow('stop npm start instead');
    expect(lambda.calls()).toEqual([]);
  });

  it.each([[[]], [['maybe']], [['on', 'off']]])('refuses the words %j', (args) =>
    expect(() => pauseLine(args)).toThrow('allowed is on or off'),
  );
});
