import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineAnswer, EngineCall } from '../../../infra/local/proxy/call.ts';
import type { Fault } from '../../../infra/local/proxy/fault.ts';
import { type Sample, startSample, temporaryFolder } from '../../support/sample-stack/start.ts';

const folder = temporaryFolder();
let faults: Fault[] = [];
let calls: EngineCall[] = [];
let answered: (EngineAnswer & EngineCall)[] = [];
let sample: Sample;
beforeAll(async () => {
  sample = await startSample(folder.path, {
    faults(call) {
      if (!call.function.startsWith('Worker') || !call.body.includes('FACT')) return undefined;
      calls.push(call);
      return faults.shift();
    },
    observe(call, answer) {
      if (call.function.startsWith('Worker') && call.body.includes('FACT'))
        answered.push({ ...call, ...answer });
    },
  });
});
afterAll(async () => {
  await sample.stop();
  folder.remove();
});

/** Sends a message while a fault waits for the function's call, and lets time pass. */
async function send(name: string, fault: Fault): Promise<readonly string[]> {
  faults = [fault];
  calls = [];
  answered = [];
  await sample.sqs.send(
    new SendMessageCommand({
      QueueUrl: sample.system.find('Work').identity.ref,
      MessageBody: JSON.stringify({ name }),
    }),
  );
  await sample.system.clock.fastForward(120_000);
  return (await sample.items('SEEN')).map((item) => item.sk).filter((sk) => sk.startsWith(`${name}#`));
}

describe('a fault between a function and an engine', () => {
  test.each([
    ['throttled', { kind: 'throttle' }],
    ['refused', { kind: 'error', status: 500, code: 'InternalServerError' }],
    ['lost', { kind: 'lose-answer' }],
    ['early', { kind: 'crash-before' }],
    ['late', { kind: 'crash-after' }],
  ] as const)(
    'makes the function fail once (%s); the message comes again and succeeds',
    async (name, fault) => {
      expect(await send(name, fault)).toEqual([`${name}#1`, `${name}#2`]);
      expect(calls.map((call) => [call.service, call.operation])).toEqual([
        ['dynamodb', 'PutItem'],
        ['dynamodb', 'PutItem'],
      ]);
      expect((await sample.items('FACT')).map((item) => item.sk)).toContain(name);
    },
  );
});

describe('whoever observes the engines', () => {
  test('hears of each call that an engine answered, and of none that never reached it', async () => {
    await send('observed', { kind: 'throttle' });
    expect(calls).toHaveLength(2);
    expect(answered.map(({ service, operation, status }) => [service, operation, status])).toEqual([
      ['dynamodb', 'PutItem', 200],
    ]);
    expect(answered.every(({ took }) => took > 0)).toBe(true);
  });

  test('hears of an answer that gets lost on its way to the function', async () => {
    await send('deaf', { kind: 'lose-answer' });
    expect(answered.map(({ status }) => status)).toEqual([200, 200]);
  });
});
