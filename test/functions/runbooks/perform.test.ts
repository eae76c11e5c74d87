import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetAutomationExecutionCommand,
  SSMClient,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { OutboundFailure } from '../../../functions/edge/outbound.ts';
import { performAutomation } from '../../../functions/runbooks/perform-automation.ts';
import { performLambda } from '../../../functions/runbooks/perform-lambda.ts';
import { unanswered } from '../../../functions/runbooks/unanswered.ts';
import type { PlannedStep } from '../../../shared/runbooks/index.ts';

const lambda = mockClient(LambdaClient);
const ssm = mockClient(SSMClient);
beforeEach(() => {
  lambda.reset();
  ssm.reset();
});
afterAll(() => {
  lambda.restore();
  ssm.restore();
});

const planned: PlannedStep = {
  ...{ id: 'x', title: 'x', kind: 'lambda', needsApproval: false, mayRepeat: false, retries: 0 },
  ...{ continueOnFailure: false, timeout: 7_000, approvalTimeout: 60_000 },
};
const within = { planned, until: Date.now() + 60_000 };
const fault = (name: string, httpStatusCode?: number, code?: string) =>
  Object.assign(new Error(name), {
    name,
    ...(httpStatusCode && { $metadata: { httpStatusCode } }),
    ...(code && { code }),
  });
const bytes = (text: string) => Object.assign(Buffer.from(text), { transformToString: () => text });

describe('a lambda: step', () => {
  const call = { name: 'restart-cache', payload: '{"why":"a test"}' };

  it('calls the function and waits for its answer', async () => {
    lambda.on(InvokeCommand).resolves({ Payload: bytes('{"ok":true}') as never });
    expect(await performLambda(call, within)).toEqual({ is: 'succeeded', output: '{"ok":true}' });
    const [sent] = lambda.commandCalls(InvokeCommand);
    expect(sent?.args[0].input.FunctionName).toBe('restart-cache');
    expect(String(sent?.args[0].input.Payload)).toBe('{"why":"a test"}');
  });

  it('fails with the function, and with what AWS refuses', async () => {
    lambda
      .on(InvokeCommand)
      .resolvesOnce({ FunctionError: 'Unhandled', Payload: bytes('{"errorMessage":"no"}') as never });
    expect(await performLambda(call, within)).toEqual({
      ...{ is: 'failed', reason: 'The function failed', output: '{"errorMessage":"no"}' },
    });
    lambda.on(InvokeCommand).rejects(fault('AccessDeniedException', 403));
    expect((await performLambda(call, within)).is).toBe('failed');
    lambda.on(InvokeCommand).rejects(fault('Error', undefined, 'ECONNREFUSED'));
    expect((await performLambda(call, within)).is).toBe('failed');
  });

  it('is unknown after a lost answer, unless it may be repeated', async () => {
    for (const lost of [
      fault('TimeoutError'),
      fault('AbortError'),
      fault('ServiceException', 500),
      fault('Error', undefined, 'ECONNRESET'),
    ]) {
      lambda.on(InvokeCommand).rejects(lost);
      expect((await performLambda(call, within)).is).toBe('unknown');
      expect((await performLambda(call, { ...within, planned: { ...planned, mayRepeat: true } })).is).toBe(
        'failed',
      );
    }
  });
});

describe('an ssm: step', () => {
  const start = { document: 'AWS-RestartEC2Instance', parameters: { InstanceId: ['i-1'] } };

  it('starts the automation, and looks how it stands until it is over', async () => {
    ssm.on(StartAutomationExecutionCommand).resolves({ AutomationExecutionId: 'exec-1' });
    const begun = await performAutomation(start, { planned, token: undefined });
    expect(begun).toEqual({ is: 'pending', output: 'Started exec-1', token: 'exec-1' });
    expect(ssm.commandCalls(StartAutomationExecutionCommand)[0]?.args[0].input).toEqual({
      ...{ DocumentName: 'AWS-RestartEC2Instance', Parameters: { InstanceId: ['i-1'] } },
    });
    const stands = (AutomationExecutionStatus: string, more = {}) =>
      ssm.on(GetAutomationExecutionCommand).resolves({
        AutomationExecution: { AutomationExecutionStatus: AutomationExecutionStatus as never, ...more },
      });
    const look = () => performAutomation(start, { planned, token: 'exec-1' });
    stands('InProgress');
    expect((await look()).is).toBe('pending');
    stands('Success', { Outputs: { 'x.y': ['z'] } });
    expect(await look()).toEqual({ is: 'succeeded', output: 'Success {"x.y":["z"]}' });
    stands('TimedOut', { FailureMessage: 'too slow' });
    expect(await look()).toMatchObject({
      is: 'failed',
      reason: 'The automation ended as TimedOut: too slow',
    });
    expect(ssm.commandCalls(StartAutomationExecutionCommand)).toHaveLength(1);
  });

  it('is unknown when nobody answers whether it began, and never by a look that fails', async () => {
    ssm.on(StartAutomationExecutionCommand).rejects(fault('TimeoutError'));
    expect((await performAutomation(start, { planned, token: undefined })).is).toBe('unknown');
    for (const passing of [
      fault('ThrottlingException', 400),
      fault('InternalServerError', 500),
      fault('TimeoutError'),
      fault('Error', undefined, 'ECONNREFUSED'),
    ]) {
      ssm.on(GetAutomationExecutionCommand).rejects(passing);
      for (const mayRepeat of [false, true])
        expect(
          await performAutomation(start, { planned: { ...planned, mayRepeat }, token: 'exec-1' }),
        ).toMatchObject({ is: 'unknown', reason: expect.stringContaining(passing.name) });
    }
  });
});

describe('a request without an answer', () => {
  it.each([
    ['timeout', '', 'unknown'],
    ['unreachable', 'ECONNRESET', 'unknown'],
    ['unreachable', 'ERR_TLS_HANDSHAKE_TIMEOUT', 'unknown'],
    ['unreachable', 'ECONNREFUSED', 'failed'],
    ['unreachable', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'failed'],
    ['unreachable', 'ERR_TLS_CERT_ALTNAME_INVALID', 'failed'],
    ['refused', '', 'failed'],
    ['too-large', '', 'failed'],
  ] as const)('[F48] that changes something: %s, %s, is %s', (kind, code, is) => {
    const cause = Object.assign(new Error(code), { code });
    const failure = new OutboundFailure(kind, 'in words for people', { cause });
    expect(unanswered(failure, false).is).toBe(is);
    expect(unanswered(failure, true).is).toBe('failed');
  });
});
