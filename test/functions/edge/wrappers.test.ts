import type { APIGatewayRequestAuthorizerEvent, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { authorizer } from '../../../functions/edge/authorizer.ts';
import { log } from '../../../functions/edge/log.ts';
import { schedule } from '../../../functions/edge/schedule.ts';
import { socket } from '../../../functions/edge/socket.ts';
import { streamReader } from '../../../functions/edge/stream.ts';
import { Refusal } from '../../../shared/kernel/index.ts';

const logged = vi.spyOn(log, 'error').mockImplementation(() => undefined);
beforeEach(() => logged.mockClear());
afterAll(() => logged.mockRestore());

const fail = async (): Promise<never> => {
  throw new Error('no');
};

describe('a reader of the stream', () => {
  const image = {
    pk: { S: 'O#x' },
    sk: { S: 'F#1' },
    n: { N: '1.5' },
    yes: { BOOL: true },
    none: { NULL: true },
    list: { L: [{ S: 'a' }, { M: { b: { N: '-2' } } }] },
    names: { SS: ['a', 'b'] },
    numbers: { NS: ['1'] },
    bytes: { B: Buffer.from('hi').toString('base64') },
  };
  const event = { Records: [{ dynamodb: { NewImage: image } }, { dynamodb: {} }, {}] } as DynamoDBStreamEvent;

  it('gets the new images as the table adapter would give them, and no removals', async () => {
    const seen: unknown[] = [];
    const read = streamReader(async (items) => {
      seen.push(...items);
    });
    expect(await read(event)).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([
      {
        pk: 'O#x',
        sk: 'F#1',
        n: 1.5,
        yes: true,
        none: null,
        list: ['a', { b: -2 }],
        names: new Set(['a', 'b']),
        numbers: new Set([1]),
        bytes: Buffer.from('hi'),
      },
    ]);
  });

  it('throws on, so that the batch is bisected, after one line in the log', async () => {
    await expect(streamReader(fail)(event)).rejects.toThrow('no');
    expect(logged).toHaveBeenCalledOnce();
  });
});

describe('a schedule', () => {
  it('throws on after one line in the log', async () => {
    await expect(schedule(fail)()).rejects.toThrow('no');
    expect(logged).toHaveBeenCalledOnce();
    expect(await schedule(async () => undefined)()).toBeUndefined();
  });
});

describe('a socket', () => {
  const event = {
    requestContext: { connectionId: 'c', requestId: 'r', routeKey: '$default', authorizer: { ctx: '{}' } },
    body: Buffer.from('hällo').toString('base64'),
    isBase64Encoded: true,
  } as unknown as Parameters<ReturnType<typeof socket>>[0];

  it('hands on the connection, the text and what the ticket said', async () => {
    const seen: unknown[] = [];
    expect(await socket(async (said) => void seen.push(said))(event)).toEqual({ statusCode: 200 });
    expect(seen).toEqual([{ connectionId: 'c', frame: 'hällo', requestId: 'r', authorizer: { ctx: '{}' } }]);
  });

  it('answers a status and nothing else', async () => {
    const refuse = async () => {
      throw new Refusal('forbidden', 'no');
    };
    expect(await socket(refuse)(event)).toEqual({ statusCode: 403 });
    expect(await socket(fail)(event)).toEqual({ statusCode: 500 });
  });
});

describe('an authorizer', () => {
  const event = {
    methodArn: 'arn:a:b:c:d:api/live/GET/x/y',
    headers: { A: 'b' },
  } as unknown as APIGatewayRequestAuthorizerEvent;

  it('is asked with lower-case headers and answers for the whole stage', async () => {
    const handler = authorizer(async ({ headers, query }) => ({
      id: `${headers.a} ${Object.keys(query).length}`,
      context: {},
    }));
    const result = await handler(event);
    expect(result.principalId).toBe('b 0');
    expect(result.policyDocument.Statement).toMatchObject([
      { Resource: 'arn:a:b:c:d:api/live/*', Effect: 'Allow' },
    ]);
  });

  it('says Unauthorized for every refusal and something else for a fault of ours', async () => {
    const refuse = async () => {
      throw new Refusal('unauthenticated', 'The key is not known.');
    };
    await expect(authorizer(refuse)(event)).rejects.toThrow(/^Unauthorized$/);
    await expect(authorizer(fail)(event)).rejects.toThrow('The authorizer failed');
    expect(logged).toHaveBeenCalledOnce();
  });
});
