import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InvokeApi, startInvokeApi } from '../../../infra/local/lambda/invoke-api.ts';
import { Passage, type Passing } from '../../../infra/local/proxy/passage.ts';
import { operatorKey, toolRoles } from '../../../infra/local/proxy/tools.ts';
import type { Functions } from '../../../infra/local/resource.ts';

describe('the Invoke operation of the local Lambda', () => {
  let api: InvokeApi;
  let lambda: LambdaClient;
  const functions: Functions = {
    invoke: async (name, event) => {
      if (name === 'Broken') return { ok: false, errorType: 'Error', errorMessage: 'it broke' };
      if (name === 'Gone') throw new Error('There is no function Gone');
      return { ok: true, payload: { name, event } };
    },
  };
  const account = { id: '000000000000', region: 'us-east-1', suffix: 'amazonaws.com' };
  const tools = toolRoles(account);
  const nothing = { role: () => undefined, crash: () => undefined, log: () => undefined };
  const passage = new Passage({ ...nothing, tool: (key) => tools.get(key) });
  const as = (accessKeyId: string) => {
    const credentials = { accessKeyId, secretAccessKey: 'local' };
    return new LambdaClient({ region: 'us-east-1', endpoint: api.endpoint, credentials, maxAttempts: 1 });
  };
  beforeEach(async () => {
    const world = { functions, account, pass: (passing: Passing) => passage.pass(passing) };
    api = await startInvokeApi(() => world);
    lambda = as(operatorKey);
  });
  afterEach(async () => {
    lambda.destroy();
    await api.stop();
  });
  const invoke = (FunctionName: string, event: unknown) =>
    lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }));

  it('hands the event over and the answer back', async () => {
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:FanOut';
    const { Payload, FunctionError } = await invoke(arn, { Records: [] });
    expect(FunctionError).toBeUndefined();
    expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual({ name: arn, event: { Records: [] } });
  });

  it('tells as Lambda does that a function failed', async () => {
    const { FunctionError, Payload } = await invoke('Broken', {});
    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual({
      errorType: 'Error',
      errorMessage: 'it broke',
    });
  });

  it('is for the operator alone: no other key, and nobody who does not sign', async () => {
    const stranger = as('somebody');
    await expect(stranger.send(new InvokeCommand({ FunctionName: 'FanOut' }))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    stranger.destroy();
    const unsigned = await fetch(`${api.endpoint}/2015-03-31/functions/FanOut/invocations`, {
      method: 'POST',
    });
    expect([unsigned.status, unsigned.headers.get('x-amzn-errortype')]).toEqual([
      403,
      'MissingAuthenticationTokenException',
    ]);
    expect([...passage.refused]).toEqual(['unknown key: lambda Invoke', 'unsigned: lambda Invoke']);
  });

  it('knows only functions that are there, and no other operation', async () => {
    await expect(invoke('Gone', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await fetch(`${api.endpoint}/2015-03-31/functions/`)).status).toBe(404);
  });
});
