import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { log } from '../../../functions/edge/log.ts';
import { router } from '../../../functions/edge/router.ts';
import { errorCodes, Refusal } from '../../../shared/kernel/index.ts';
import { admin, callVerbs, settings, verbs } from '../../support/edge-verbs.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';

beforeAll(() => {
  Object.assign(process.env, settings);
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
        const { statusCode, json } = await callVerbs(
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
    const result = await callVerbs(
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
    const { statusCode, headers } = await callVerbs(
      { method: 'POST', path: '/api/keys', body: { name: 'n' }, ...admin },
      busy,
    );
    expect([statusCode, headers['retry-after']]).toEqual([503, '5']);
  });
});

describe('[F67] CORS', () => {
  const preflight = (origin: string) =>
    callVerbs({
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
    const { headers } = await callVerbs({
      path: '/api/keys',
      headers: { origin: 'https://console.example' },
    });
    expect(headers['access-control-allow-origin']).toBe('https://console.example');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});
