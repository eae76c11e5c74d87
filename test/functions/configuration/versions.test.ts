import { SESClient } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../../../functions/aws/table.ts';
import { idOf, type OrganisationId } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { startConfiguration } from './caller.ts';

let world: Awaited<ReturnType<typeof startConfiguration>>;
let org: OrganisationId = 'org_X';
let count = 0;
const ses = mockClient(SESClient);
beforeAll(async () => {
  world = await startConfiguration();
});
afterAll(async () => {
  ses.restore();
  await world.stop();
});
beforeEach(() => {
  org = idOf('organisation', 0, `versions ${count++}`);
});

const rule = (id: string, more: object = {}) => ({ id, name: id, ...more });
const put = (version: number, body: object, reason?: string) =>
  world.call(org, `PUT /api/config${reason === undefined ? '' : `?reason=${encodeURIComponent(reason)}`}`, {
    ...{ body, version },
  });
const versions = async (search = '') => (await world.call(org, `GET /api/config/versions${search}`)).json;

describe('versions of the configuration', () => {
  it('are kept with who made them, when and why, and what they touched', async () => {
    await put(0, { rules: [rule('a'), rule('b')] }, 'The first rules – for checkout');
    await put(1, { rules: [rule('b', { description: 'x' }), rule('c')], detection: { signalDays: 60 } });
    const { items, next } = await versions();
    expect(next).toBeUndefined();
    expect(items).toMatchObject([
      { version: 2, by: { kind: 'machine', name: 'CI' }, touched: { settings: ['detection'], more: 0 } },
      { version: 1, reason: 'The first rules – for checkout', touched: { lists: { rules: ['a', 'b'] } } },
    ]);
    expect(items[0].touched.lists.rules.toSorted()).toEqual(['a', 'b', 'c']);
    expect(items[0].reason).toMatch(/\(no reason given\)$/);
  });

  it('are read one by one, and in pages', async () => {
    for (let i = 0; i < 5; i++) await put(i, { rules: [rule(`r${i}`)] }, `Number ${i + 1}`);
    const { status, json } = await world.call(org, 'GET /api/config/versions/2', { role: 'viewer' });
    expect([status, json.reason, json.configuration.rules[0].id]).toEqual([200, 'Number 2', 'r1']);
    const first = await versions('?limit=3');
    expect(first.items.map(({ version }: { version: number }) => version)).toEqual([5, 4, 3]);
    const rest = await versions(`?limit=3&cursor=${first.next}`);
    expect(rest.items.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    expect(rest.next).toBeUndefined();
    expect((await world.call(org, 'GET /api/config/versions/6')).status).toBe(404);
    expect((await world.call(org, 'GET /api/config/versions/x')).status).toBe(400);
  });

  it('[F30] that an earlier version of the program stored are there with what is known of them', async () => {
    await put(0, { rules: [rule('a')] });
    await table.remove(schema.configurationVersion.key({ org, version: 1 }));
    expect((await versions()).items).toEqual([{ version: 1 }]);
    expect((await world.call(org, 'GET /api/config/versions/1')).json.configuration.rules).toHaveLength(1);
  });

  it('of nobody are none', async () => {
    expect(await versions()).toEqual({ items: [] });
  });
});

describe('rolling back', () => {
  const back = (body: object, version?: number, role: 'manager' | 'responder' = 'manager') =>
    world.call(org, 'POST /api/config/rollback', { body, role, ...(version !== undefined && { version }) });

  it('puts what was in force before in force again, as a new version that says so', async () => {
    await put(0, { rules: [rule('good')] });
    await put(1, { rules: [rule('bad')] });
    const { status, etag, json } = await back({ version: 1, reason: 'It paged everybody' }, 2);
    expect([status, etag, json.version, json.configuration.rules[0].id]).toEqual([200, '"3"', 3, 'good']);
    expect((await versions()).items[0]).toMatchObject({
      version: 3,
      restores: 1,
      reason: 'It paged everybody',
    });
    expect((await world.call(org, 'GET /api/config')).json.configuration.rules[0].id).toBe('good');
  });

  it('[F61] is refused when somebody else was faster, without a version or reason, and to those who may not', async () => {
    await put(0, { rules: [rule('a')] });
    await put(1, { rules: [rule('b')] });
    const body = { version: 1, reason: 'x' };
    expect((await back(body, 1)).status).toBe(412);
    expect((await back(body)).status).toBe(412);
    expect((await back({ version: 1 }, 2)).status).toBe(400);
    expect((await back({ version: 9, reason: 'x' }, 2)).status).toBe(404);
    expect((await back(body, 2, 'responder')).status).toBe(403);
    expect((await world.call(org, 'GET /api/config')).json.version).toBe(2);
  });
});

describe('rules', () => {
  it('are listed in their order, and each knows who changed it and why', async () => {
    await put(0, { rules: [rule('a'), rule('b')] }, 'New');
    await put(1, { rules: [rule('a'), rule('b', { description: 'Better' })] }, 'Better words');
    await put(2, { rules: [rule('b', { description: 'Better' }), rule('a')] }, 'Another order');
    const { json } = await world.call(org, 'GET /api/rules', { role: 'viewer' });
    expect([json.version, json.items.map(({ id }: { id: string }) => id)]).toEqual([3, ['b', 'a']]);
    const one = (await world.call(org, 'GET /api/rules/b')).json;
    expect([one.place, one.rule.description, one.historyFrom]).toEqual([0, 'Better', 1]);
    expect(one.history.map(({ reason }: { reason: string }) => reason)).toEqual(['Better words', 'New']);
    expect((await world.call(org, 'GET /api/rules/z')).status).toBe(404);
  });
});
