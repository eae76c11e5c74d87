import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Core } from '../../../infra/local/core.ts';
import type { FunctionDefinition } from '../../../infra/local/lambda/definition.ts';
import { eventSource } from '../../../infra/local/resources/event-source.ts';
import { lambdaFunction } from '../../../infra/local/resources/function.ts';
import { seededShuffle } from '../../../infra/local/shuffle.ts';
import { fakeWorld, made } from '../../support/fake-world.ts';

const folder = fileURLToPath(new URL('../../support/sample-stack/functions', import.meta.url));

/** A world with so many environments for a function, whose queue is never empty and whose functions never end. */
function worldOf(concurrency: number) {
  const defined: FunctionDefinition[] = [];
  let working = 0;
  const world = {
    ...fakeWorld({ assets: { 'a.zip': folder } }),
    concurrency,
    watchQueue: () => undefined,
    shuffle: seededShuffle(1),
    functions: {
      define: (one: FunctionDefinition) => defined.push(one),
      invoke: () => {
        working += 1;
        return new Promise(() => undefined);
      },
    },
    queues: {
      receive: async () => {
        await new Promise(setImmediate);
        return [{ messageId: 'm', receiptHandle: 'r', body: '1', messageAttributes: {} }];
      },
    },
  } as unknown as Core;
  return { world, defined, working: () => working };
}

test('a function has as many environments as the caller says, unless the template reserves a number', async () => {
  const { world, defined } = worldOf(9);
  const properties = { Code: { S3Key: 'a.zip' }, Handler: 'sweep.handler', Runtime: 'nodejs24.x' };
  await lambdaFunction.start?.(made('Free', 'F', properties), world);
  await lambdaFunction.start?.(made('Kept', 'F', { ...properties, ReservedConcurrentExecutions: 2 }), world);
  expect(defined.map(({ id, concurrency }) => [id, concurrency])).toEqual([
    ['Free', 9],
    ['Kept', 2],
  ]);
});

test.each([
  [undefined, 9],
  [4, 4],
  [50, 9],
])('a queue whose mapping allows %s workers at once has %s', async (MaximumConcurrency, expected) => {
  const { world, working } = worldOf(9);
  const mapping = {
    EventSourceArn: 'arn:aws:sqs:eu-central-1:123456789012:Q',
    FunctionName: 'F',
    BatchSize: 1,
    ...(MaximumConcurrency && { ScalingConfig: { MaximumConcurrency } }),
  };
  const running = await eventSource.start?.(made('M', 'E', mapping), world);
  await expect.poll(working).toBe(expected);
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  expect(working()).toBe(expected);
  await running?.stop();
});
