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

  it('[F13] refuses half of a character in any text of a body or query with its place, as no table takes it', async () => {
    const said = async (body: string) => {
      const headers = { 'content-type': 'application/json' };
      const { statusCode, json } = await callVerbs({
        ...{ method: 'POST', path: '/api/keys', body, headers, ...admin },
      });
      return [statusCode, json.error?.param, json.error?.message];
    };
    const [status, param, message] = await said('{"name":"\\ud83d lost"}');
    expect([status, param]).toEqual([400, 'body.name']);
    expect(message).toMatch(/^body\.name: has one half of a character .*; send both or neither$/);
    expect((await said('{"name":"n","\\uDE00":1}')).slice(0, 2)).toEqual([400, 'body.\ufffd']);
    expect(await said('{"name":"\\ud83d\\ude00"}')).toEqual([201, undefined, undefined]);
    const query = { '\ud800': '1' };
    expect((await callVerbs({ path: '/api/members', query, ...admin })).statusCode).toBe(400);
  });

  it('tells of what may have several forms what is wrong by the form that it has', () => {
    const part = z.strictObject({
      op: z.enum(['=', '!=']),
      inner: z.union([z.string(), z.int()]).optional(),
    });
    const schema = z.strictObject({ one: z.union([z.string().max(3), part, z.array(part)]) });
    const fault = (one: unknown) => {
      try {
        return parseInput(schema, { one }, 'body');
      } catch (error) {
        return String(error);
      }
    };
    expect(fault({ op: '==' })).toContain('body.one.op: expected one of "=", "!="; got "=="');
    expect(fault([{ op: '=' }, { op: 5 }])).toContain('body.one[1].op: expected one of "=", "!="; got 5');
    expect(fault({ op: '=', x: 1 })).toContain(
      'body.one.x: there is no such field here; allowed are op, inner',
    );
    expect(fault('long')).toContain('body.one: too long: at most 3 characters; got "long"');
    expect(fault(5)).toContain('body.one: Invalid input; got 5');
    expect(fault({ op: '=', inner: [] })).toContain('body.one.inner: Invalid input; got a list');
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
