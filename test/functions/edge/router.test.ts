import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { toContext } from '../../../functions/edge/caller.ts';
import { log } from '../../../functions/edge/log.ts';
import { reply } from '../../../functions/edge/reply.ts';
import { router } from '../../../functions/edge/router.ts';
import { callerVerb, openVerb, type Verb, verb } from '../../../functions/edge/verb.ts';
import { errorCodes, idOf, Refusal, type Role } from '../../../shared/kernel/index.ts';
import { httpEvent, lambdaContext, type TestRequest } from '../../support/http-event.ts';

const org = idOf('organisation', 0, 'a');
const person = idOf('person', 0, 'ann');
const as = (role: Role) =>
  toContext({
    kind: 'person',
    issuer: 'https://issuer.example',
    subject: 'ann',
    name: 'Ann',
    membership: { org, person, name: 'Ann', role },
  });

const settings = {
  TABLE_NAME: 't',
  CONSOLE_URL: 'https://console.example/app',
  ADMINISTRATOR_EMAIL: 'a@example.com',
};
beforeAll(() => {
  Object.assign(process.env, settings);
});

const key = z.strictObject({ id: z.string(), name: z.string() });
const verbs = (run: () => unknown = () => ({ id: 'key_1', name: 'n' })): Record<string, Verb> => ({
  'create-organisation': callerVerb({
    api: { answer: z.strictObject({ kind: z.string() }) },
    run: async ({ caller }) => ({ kind: caller.kind }),
  }),
  'get-me': callerVerb({ api: { answer: z.undefined() }, run: async () => undefined }),
  'list-members': verb({
    api: { query: z.strictObject({ limit: z.coerce.number().max(5).default(1) }), answer: z.unknown() },
    run: async ({ ctx, query }) => ({ ctx, query }),
  }),
  'list-keys': verb({ api: { answer: z.array(key) }, run: async () => [] }),
  'create-key': verb({
    api: {
      body: z.strictObject({ name: z.string(), role: z.enum(['viewer']).optional() }),
      answer: key,
      status: 201,
    },
    run: async () => run() as z.infer<typeof key>,
  }),
  'delete-key': verb({
    api: { params: z.strictObject({ id: z.string().regex(/^key_\w+$/) }), answer: z.undefined() },
    run: async ({ params }) => reply(204, undefined, { 'x-id': params.id }),
  }),
});

async function call(request: TestRequest, given = verbs()) {
  const result = await router('Identity', given)(httpEvent(request), lambdaContext);
  return { ...result, json: result.body === '' ? undefined : JSON.parse(result.body) };
}

const admin = { authorizer: as('administrator') };

describe('a router', () => {
  it('hands the caller, the organisation and the parsed parts to the verb', async () => {
    const { statusCode, json } = await call({ path: '/api/members', query: { limit: '3' }, ...admin });
    expect(statusCode).toBe(200);
    expect(json.query).toEqual({ limit: 3 });
    expect(json.ctx).toEqual({
      org,
      role: 'administrator',
      actor: { kind: 'person', id: person, name: 'Ann' },
    });
  });

  it('answers 404 for an unknown path and names the methods of a known one', async () => {
    expect((await call({ path: '/api/nothing' })).statusCode).toBe(404);
    const { statusCode, json } = await call({ method: 'PUT', path: '/api/keys' });
    expect(statusCode).toBe(404);
    expect(json.error.message).toContain('GET, POST');
  });

  it('refuses to start when verbs and routes differ, or a verb is more open than its route', () => {
    const { 'get-me': _, ...fewer } = verbs();
    expect(() => router('Identity', fewer)).toThrow("no verb 'get-me'");
    expect(() =>
      router('Identity', {
        ...verbs(),
        extra: openVerb({ api: { answer: z.undefined() }, run: async () => undefined }),
      }),
    ).toThrow("no route for 'extra'");
    const open = openVerb({ api: { answer: z.undefined() }, run: async () => undefined });
    expect(() => router('Identity', { ...verbs(), 'list-keys': open })).toThrow(
      "does not fit the access 'key.write'",
    );
  });

  it('refuses to start without its settings and names all of them', () => {
    vi.stubEnv('TABLE_NAME', '');
    vi.stubEnv('ADMINISTRATOR_EMAIL', '');
    expect(() => router('Identity', verbs())).toThrow(/TABLE_NAME, ADMINISTRATOR_EMAIL/);
    vi.unstubAllEnvs();
  });

  it('[F57] answers 403 below the role that the route needs', async () => {
    const { statusCode, json } = await call({ path: '/api/keys', authorizer: as('manager') });
    expect(statusCode).toBe(403);
    expect(json.error).toMatchObject({ code: 'forbidden', requestId: 'request-1' });
  });

  it('answers 401 without an authorizer, and 403 with its reason without a membership', async () => {
    expect((await call({ path: '/api/keys' })).statusCode).toBe(401);
    const stranger = {
      kind: 'person',
      issuer: 'i',
      subject: 's',
      name: 'S',
      because: 'Name one of two.',
    } as const;
    const { statusCode, json } = await call({ path: '/api/keys', authorizer: toContext(stranger) });
    expect([statusCode, json.error.message]).toEqual([403, 'Name one of two.']);
    expect((await call({ path: '/api/me', authorizer: toContext(stranger) })).statusCode).toBe(204);
  });

  it('does not let anything out that the answer does not promise', async () => {
    const leaky = verbs(() => ({ id: 'key_1', name: 'n', pk: 'O#secret' }));
    const { statusCode, body } = await call(
      { method: 'POST', path: '/api/keys', body: { name: 'n' }, ...admin },
      leaky,
    );
    expect(statusCode).toBe(500);
    expect(body).not.toContain('O#secret');
  });
});

describe('[F58] [F59] input', () => {
  const post = (body: unknown) => call({ method: 'POST', path: '/api/keys', body, ...admin });

  it.each(['tenantId', 'id', 'createdAt', 'ttl', '__proto__', 'constructor'])(
    'refuses the extra property %s',
    async (name) => {
      const { statusCode, json } = await call({
        method: 'POST',
        path: '/api/keys',
        body: `{"name":"n","${name}":1}`,
        headers: { 'content-type': 'application/json' },
        ...admin,
      });
      expect(statusCode).toBe(400);
      expect(json.error.param).toBe(`body.${name}`);
    },
  );

  it('[F67] refuses a body that does not say that it is JSON', async () => {
    const body = '{"name":"n"}';
    expect((await call({ method: 'POST', path: '/api/keys', body, ...admin })).statusCode).toBe(415);
    const headers = { 'content-type': 'text/plain' };
    expect((await call({ method: 'POST', path: '/api/keys', body, headers, ...admin })).statusCode).toBe(415);
  });

  it('says what was got, what is allowed and where', async () => {
    const { json } = await post({ name: 'n', role: 'owner' });
    expect(json.error.param).toBe('body.role');
    expect(json.error.message).toMatch(/^body\.role: .*expected "viewer"; got "owner"$/);
    expect((await post({})).json.error.message).toMatch(/^body\.name: .*expected string.*; got nothing$/);
  });

  it.each([
    '../x',
    '%2e%2e',
    'INC%231%232',
    'x'.repeat(10_000),
    '%F0%9F%98%80',
    'constructor',
    '%',
    '%E0%A4%A',
  ])('refuses the id %s', async (id) => {
    const { statusCode } = await call({ method: 'DELETE', path: `/api/keys/${id}`, ...admin });
    expect([400, 404]).toContain(statusCode);
  });

  it('refuses unknown query fields, and bodies where none is taken', async () => {
    expect((await call({ path: '/api/keys', query: { sort: '__proto__' }, ...admin })).statusCode).toBe(400);
    expect((await call({ path: '/api/members', query: { limit: '1e9' }, ...admin })).statusCode).toBe(400);
    const body = { statusCode: 400 };
    expect(await call({ method: 'DELETE', path: '/api/keys/key_1', body: { a: 1 }, ...admin })).toMatchObject(
      body,
    );
  });

  it('[F10] answers 413 to too large a body and 400 with the place to a malformed one', async () => {
    expect((await post({ name: 'x'.repeat(1_100_000) })).statusCode).toBe(413);
    const { statusCode, json } = await call({
      method: 'POST',
      path: '/api/keys',
      body: '{"name" "n"}',
      headers: { 'Content-Type': 'application/json' },
      ...admin,
    });
    expect(statusCode).toBe(400);
    expect(json.error.message).toContain('line 1, column 9');
  });
});

describe('every answer', () => {
  const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE');
  const paths = fc.oneof(
    fc.constantFrom('/api/keys', '/api/members', '/api/me', '/api/organisations', '/api/keys/key_1'),
    fc.string().map((text) => `/${text}`),
  );

  it('is a valid response, whatever the body, path, query and headers are', async () => {
    const handler = router('Identity', verbs());
    await fc.assert(
      fc.asyncProperty(
        methods,
        paths,
        fc.oneof(fc.uint8Array(), fc.json(), fc.string()),
        fc.dictionary(fc.string(), fc.string()),
        fc.dictionary(fc.constantFrom('content-type', 'content-encoding', 'x'), fc.string()),
        async (method, path, body, query, headers) => {
          const result = await handler(
            httpEvent({ method, path, body, query, headers, ...admin }),
            lambdaContext,
          );
          expect(result.statusCode).toBeGreaterThanOrEqual(200);
          expect(result.statusCode).toBeLessThan(500);
          if (result.statusCode >= 400) {
            expect(errorCodes).toContain(JSON.parse(result.body).error.code);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has a status from 100 to 599 and keeps what was thrown to itself', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => undefined);
    const thrown = fc.oneof(
      fc.anything(),
      fc.string().map((text) => new Error(text)),
      fc.constantFrom(...errorCodes).map((code) => new Refusal(code, 'no')),
    );
    await fc.assert(
      fc.asyncProperty(thrown, async (value) => {
        const failing = verbs(() => {
          throw value;
        });
        const { statusCode, json } = await call(
          { method: 'POST', path: '/api/keys', body: { name: 'n' }, ...admin },
          failing,
        );
        expect(statusCode).toBeGreaterThanOrEqual(100);
        expect(statusCode).toBeLessThanOrEqual(599);
        expect(json.error.code === 'internal').toBe(!(value instanceof Refusal));
      }),
      { numRuns: 200 },
    );
    logged.mockRestore();
  });

  it('[F66] carries no stack, table name, ARN or secret when something of ours fails', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => undefined);
    const canary = 'arn:aws:dynamodb:eu-central-1:123456789012:table/canary-table';
    const failing = verbs(() => {
      throw new Error(`${canary} is not authorised`);
    });
    const result = await call(
      { method: 'POST', path: '/api/keys', body: { name: 'canary-body' }, ...admin },
      failing,
    );
    expect(result.statusCode).toBe(500);
    expect(JSON.stringify(result)).not.toMatch(/canary|arn:|at .*\.ts/);
    expect(JSON.stringify(logged.mock.calls)).not.toContain('canary-body');
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
  });

  it('tells when to come back where that helps', async () => {
    const busy = verbs(() => {
      throw new Refusal('unavailable', 'Busy.');
    });
    const { statusCode, headers } = await call(
      { method: 'POST', path: '/api/keys', body: { name: 'n' }, ...admin },
      busy,
    );
    expect([statusCode, headers['retry-after']]).toEqual([503, '5']);
  });
});

describe('[F67] CORS', () => {
  const preflight = (origin: string) =>
    call({
      method: 'OPTIONS',
      path: '/api/keys',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
    });

  it('answers the console, and nobody else, and never with credentials', async () => {
    const ours = await preflight('https://console.example');
    expect(ours.statusCode).toBe(204);
    expect(ours.headers['access-control-allow-origin']).toBe('https://console.example');
    for (const origin of [
      'https://evil.example',
      'null',
      'https://console.example.evil',
      'http://console.example',
    ]) {
      expect((await preflight(origin)).headers).not.toHaveProperty('access-control-allow-origin');
    }
    expect(ours.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('lets the console read errors too', async () => {
    const { headers } = await call({ path: '/api/keys', headers: { origin: 'https://console.example' } });
    expect(headers['access-control-allow-origin']).toBe('https://console.example');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});
