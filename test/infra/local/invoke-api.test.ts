import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InvokeApi, startInvokeApi } from '../../../infra/local/lambda/invoke-api.ts';

describe('the Invoke operation of the local Lambda', () => {
  let api: InvokeApi;
  let lambda: LambdaClient;
  beforeEach(async () => {
    api = await startInvokeApi({
      invoke: async (name, event) => {
        if (name === 'Broken') return { ok: false, errorType: 'Error', errorMessage: 'it broke' };
        if (name === 'Gone') throw new Error('There is no function Gone');
        return { ok: true, payload: { name, event } };
      },
    });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    lambda = new LambdaClient({ region: 'us-east-1', endpoint: api.endpoint, credentials, maxAttempts: 1 });
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

  it('knows only functions that are there, and no other operation', async () => {
    await expect(invoke('Gone', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await fetch(`${api.endpoint}/2015-03-31/functions/`)).status).toBe(404);
  });
});
