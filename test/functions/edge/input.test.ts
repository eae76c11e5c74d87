import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseInput } from '../../../functions/edge/input.ts';
import { admin, callVerbs, settings } from '../../support/edge-verbs.ts';

beforeAll(() => {
  Object.assign(process.env, settings);
});

describe('[F58] [F59] input', () => {
  const post = (body: unknown) => callVerbs({ method: 'POST', path: '/api/keys', body, ...admin });

  it.each(['tenantId', 'id', 'createdAt', 'ttl', '__proto__', 'constructor'])(
    'refuses the extra property %s',
    async (name) => {
      const { statusCode, json } = await callVerbs({
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
    expect((await callVerbs({ method: 'POST', path: '/api/keys', body, ...admin })).statusCode).toBe(415);
    const headers = { 'content-type': 'text/plain' };
    expect((await callVerbs({ method: 'POST', path: '/api/keys', body, headers, ...admin })).statusCode).toBe(
      415,
    );
  });

  it('says what was got, what is allowed and where', async () => {
    const { json } = await post({ name: 'n', role: 'owner' });
    expect(json.error.param).toBe('body.role');
    expect(json.error.message).toMatch(/^body\.role: .*expected "viewer"; got "owner"$/);
    expect((await post({})).json.error.message).toBe('body.name: is missing; expected a text');
  });

  it('names the entry of a list in which something is wrong by its id, and tells how many there are of too many', () => {
    const schema = z.strictObject({
      rules: z.array(z.strictObject({ id: z.string(), keys: z.array(z.string()).max(2) })),
    });
    const fault = (rules: readonly object[]) => {
      try {
        return parseInput(schema, { rules }, 'body');
      } catch (error) {
        return error;
      }
    };
    const fine = { id: 'fine', keys: [] };
    expect(fault([fine, { id: 'disk', keys: ['a', 'b', 'c'] }])).toMatchObject({
      message: "body.rules[1].keys (of 'disk'): too many: at most 2; got 3",
      param: 'body.rules[1].keys',
    });
    expect(fault([fine, { id: 'disk', keys: [['a']] }])).toMatchObject({
      message: "body.rules[1].keys[0] (of 'disk'): expected a text; got a list",
    });
    expect(fault([{ keys: [] }])).toMatchObject({
      message: 'body.rules[0].id: is missing; expected a text',
    });
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
    const { statusCode } = await callVerbs({ method: 'DELETE', path: `/api/keys/${id}`, ...admin });
    expect([400, 404]).toContain(statusCode);
  });

  it('refuses unknown query fields, and bodies where none is taken', async () => {
    expect((await callVerbs({ path: '/api/keys', query: { sort: '__proto__' }, ...admin })).statusCode).toBe(
      400,
    );
    expect((await callVerbs({ path: '/api/members', query: { limit: '1e9' }, ...admin })).statusCode).toBe(
      400,
    );
    const body = { statusCode: 400 };
    expect(
      await callVerbs({ method: 'DELETE', path: '/api/keys/key_1', body: { a: 1 }, ...admin }),
    ).toMatchObject(body);
  });

  it('[F10] answers 413 to too large a body and 400 with the place to a malformed one', async () => {
    expect((await post({ name: 'x'.repeat(1_100_000) })).statusCode).toBe(413);
    const { statusCode, json } = await callVerbs({
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
