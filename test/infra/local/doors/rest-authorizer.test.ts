import { afterEach, describe, expect, test } from 'vitest';
import { type FakeRestApi, fakeRestApi, type RunningRestApi } from '../../../support/fake-rest-api.ts';

const running: RunningRestApi[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.stop()));
});

const grant = (event: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  principalId: 'alice',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }],
  },
  ...more,
});

/** An API with an authorizer; `asked` holds its events. */
async function guarded(
  decide: (event: Record<string, unknown>) => unknown,
  properties: Record<string, unknown> = {},
  more: Partial<FakeRestApi> = {},
) {
  const asked: Record<string, unknown>[] = [];
  const api = await fakeRestApi({
    routes: { 'ANY /api/{proxy+}': { function: 'echo', authorizer: 'guard' } },
    authorizers: {
      guard: {
        function: 'decide',
        Type: 'REQUEST',
        IdentitySource: 'method.request.header.Authorization',
        ...properties,
      },
    },
    functions: {
      echo: (event) => ({
        statusCode: 200,
        body: JSON.stringify((event.requestContext as { authorizer: unknown }).authorizer),
      }),
      decide: (event) => {
        asked.push(event);
        return decide(event);
      },
    },
    ...more,
  });
  running.push(api);
  const call = async (token?: string, path = '/api/x') => {
    const response = await fetch(
      `${api.url}${path}`,
      token === undefined ? {} : { headers: { authorization: token } },
    );
    return [response.status, await response.text()] as const;
  };
  return { asked, call, api };
}

describe('a REQUEST authorizer', () => {
  test('gets the whole request but its body, and its context reaches the function as text', async () => {
    const { asked, call } = await guarded((event) =>
      grant(event, { context: { org: 'acme', level: 2, admin: true } }),
    );
    const [status, body] = await call('Bearer a', '/api/x/y?z=1');
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        org: 'acme',
        level: '2',
        admin: 'true',
        principalId: 'alice',
        integrationLatency: expect.any(Number),
      },
    ]);
    expect(asked[0]).toMatchObject({
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:eu-central-1:123456789012:Rest/live/GET/api/x/y',
      resource: '/api/{proxy+}',
      pathParameters: { proxy: 'x/y' },
      queryStringParameters: { z: '1' },
    });
    expect(asked[0]).not.toHaveProperty('body');
  });

  test('[F55] is not asked when the identity source is missing or empty: 401', async () => {
    const { asked, call } = await guarded(grant);
    expect(await call()).toEqual([401, '{"message":"Unauthorized"}']);
    expect((await call(''))[0]).toBe(401);
    expect(asked).toEqual([]);
  });

  test('is asked once per identity until its answer is too old by the moved clock', async () => {
    const everything = (event: Record<string, unknown>) =>
      grant(event, { policyDocument: { Statement: [{ Action: '*', Effect: 'Allow', Resource: '*' }] } });
    const { asked, call, api } = await guarded(everything, { AuthorizerResultTtlInSeconds: 600 });
    await call('Bearer a');
    await call('Bearer a', '/api/other');
    await call('Bearer b');
    expect(asked).toHaveLength(2);
    api.world.move(540_000);
    await call('Bearer a');
    expect(asked).toHaveLength(2);
    api.world.move(120_000);
    await call('Bearer a');
    expect(asked).toHaveLength(3);
  });

  test('that allowed one method only does not allow another from memory', async () => {
    const { asked, call } = await guarded(grant);
    expect((await call('Bearer a', '/api/x'))[0]).toBe(200);
    expect(await call('Bearer a', '/api/y')).toEqual([
      403,
      '{"Message":"User is not authorized to access this resource"}',
    ]);
    expect(asked).toHaveLength(1);
  });

  test('without a time to live is asked each time', async () => {
    const { asked, call } = await guarded(grant, { AuthorizerResultTtlInSeconds: 0 });
    await call('Bearer a');
    await call('Bearer a');
    expect(asked).toHaveLength(2);
  });

  test.each([
    [
      'says Unauthorized',
      () => {
        throw new Error('Unauthorized');
      },
      401,
      '{"message":"Unauthorized"}',
    ],
    [
      'fails',
      () => {
        throw new Error('secret arn:aws:x');
      },
      500,
      '{"message":null}',
    ],
    [
      'answers nonsense',
      () => ({ principalId: 'a', policyDocument: { Statement: [] }, context: { a: {} } }),
      500,
      '{"message":null}',
    ],
    ['names nobody', () => ({ policyDocument: {} }), 500, '{"message":null}'],
    [
      'denies',
      () => ({
        principalId: 'a',
        policyDocument: { Statement: [{ Action: '*', Effect: 'Deny', Resource: '*' }] },
      }),
      403,
      '{"Message":"User is not authorized to access this resource with an explicit deny"}',
    ],
  ])('that %s', async (_, decide, status, body) => {
    const { call } = await guarded(decide);
    expect(await call('Bearer a')).toEqual([status, body]);
  });

  test('that does not answer in time fails the call', async () => {
    const { call } = await guarded(() => new Promise(() => {}), {}, { limits: { integrationMs: 20 } });
    expect((await call('Bearer a'))[0]).toBe(500);
  });

  test('may be identified by several sources, in the query too', async () => {
    const sources = 'method.request.querystring.key, context.identity.sourceIp, stageVariables.colour';
    const { call } = await guarded(grant, { IdentitySource: sources });
    expect((await call(undefined, '/api/x?key=1'))[0]).toBe(200);
    expect((await call(undefined, '/api/x?other=1'))[0]).toBe(401);
  });
});

describe('a TOKEN authorizer', () => {
  test('gets the token alone, and only when it has the right form', async () => {
    const { asked, call } = await guarded(grant, {
      Type: 'TOKEN',
      IdentityValidationExpression: 'Bearer [a-z]+',
    });
    expect((await call('Bearer abc'))[0]).toBe(200);
    expect((await call('Bearer 123'))[0]).toBe(401);
    expect(asked).toEqual([
      {
        type: 'TOKEN',
        methodArn: expect.stringContaining('/live/GET/api/x'),
        authorizationToken: 'Bearer abc',
      },
    ]);
  });
});

test('an authorizer of another kind is refused at start, by name', async () => {
  await expect(guarded(grant, { Type: 'COGNITO_USER_POOLS' })).rejects.toThrow(
    'guard: the local gateway knows no COGNITO_USER_POOLS',
  );
});
