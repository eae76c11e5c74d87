import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineCall, Fault } from '../../../infra/local/engines/fault-proxy.ts';
import { type Sample, startSample, temporaryFolder } from '../../support/sample-stack/start.ts';

const folder = temporaryFolder();
let faults: Fault[] = [];
let calls: EngineCall[] = [];
let sample: Sample;
beforeAll(async () => {
  sample = await startSample(folder.path, {
    faults(call) {
      if (!call.function.startsWith('Worker') || !call.body.includes('FACT')) return undefined;
      calls.push(call);
      return faults.shift();
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
