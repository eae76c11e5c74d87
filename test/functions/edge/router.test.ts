import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { toContext } from '../../../functions/edge/caller.ts';
import { router } from '../../../functions/edge/router.ts';
import { openVerb } from '../../../functions/edge/verb.ts';
import { admin, as, callVerbs, org, person, settings, verbs } from '../../support/edge-verbs.ts';

beforeAll(() => {
  Object.assign(process.env, settings);
});

describe('a router', () => {
  it('hands the caller, the organisation and the parsed parts to the verb', async () => {
    const { statusCode, json } = await callVerbs({ path: '/api/members', query: { limit: '3' }, ...admin });
    expect(statusCode).toBe(200);
    expect(json.query).toEqual({ limit: 3 });
    expect(json.ctx).toEqual({
      org,
      role: 'administrator',
      actor: { kind: 'person', id: person, name: 'Ann' },
    });
  });

  it('answers 404 for an unknown path and names the methods of a known one', async () => {
    expect((await callVerbs({ path: '/api/nothing' })).statusCode).toBe(404);
    const { statusCode, json } = await callVerbs({ method: 'PUT', path: '/api/keys' });
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
    expect(() => router('Identity', verbs())).toThrow(/TABLE_NAME, .*ADMINISTRATOR_EMAIL/);
    vi.unstubAllEnvs();
  });

  it('[F57] answers 403 below the role that the route needs', async () => {
    const { statusCode, json } = await callVerbs({ path: '/api/keys', authorizer: as('manager') });
    expect(statusCode).toBe(403);
    expect(json.error).toMatchObject({ code: 'forbidden', requestId: 'request-1' });
  });

  it('answers 401 without an authorizer, and 403 with its reason without a membership', async () => {
    expect((await callVerbs({ path: '/api/keys' })).statusCode).toBe(401);
    const stranger = {
      kind: 'person',
      issuer: 'i',
      subject: 's',
      name: 'S',
      because: 'Name one of two.',
    } as const;
    const { statusCode, json } = await callVerbs({ path: '/api/keys', authorizer: toContext(stranger) });
    expect([statusCode, json.error.message]).toEqual([403, 'Name one of two.']);
    expect((await callVerbs({ path: '/api/me', authorizer: toContext(stranger) })).statusCode).toBe(204);
  });

  it('does not let anything out that the answer does not promise', async () => {
    const leaky = verbs(() => ({ id: 'key_1', name: 'n', pk: 'O#secret' }));
    const { statusCode, body } = await callVerbs(
      { method: 'POST', path: '/api/keys', body: { name: 'n' }, ...admin },
      leaky,
    );
    expect(statusCode).toBe(500);
    expect(body).not.toContain('O#secret');
  });
});
