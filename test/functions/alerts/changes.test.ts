import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, idOf, type OrganisationId, toText } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let org: OrganisationId;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/alerts/routes.ts'));
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `changes ${count++}`);
  world.setClock(T0);
});

const tell = (body: object, headers = {}) =>
  call(world.as('Alerts', handler), {
    ...{ method: 'POST', path: '/api/changes', body, authorizer: memberOf(org) },
    headers: { 'content-type': 'application/json', ...headers },
  });

const ask = async (query: Record<string, string> = {}) =>
  (
    await call(world.as('Alerts', handler), {
      ...{ method: 'GET', path: '/api/changes', query, authorizer: memberOf(org, 'viewer') },
    })
  ).body;

describe('a change', () => {
  it('is told when it is done, and listed', async () => {
    const { status, body } = await tell({ title: 'Checkout 4.2.0', service: ' Checkout ', version: '4.2.0' });
    expect(status).toBe(201);
    const said = { title: 'Checkout 4.2.0', kind: 'deployment', version: '4.2.0', service: 'checkout' };
    expect(body).toMatchObject({ ...said, at: toText(T0), recordedAt: toText(T0) });
    expect(await ask()).toEqual({ items: [body] });
  });

  it('told again under one Idempotency-Key is one change', async () => {
    const again = { 'idempotency-key': 'deploy-4.2.0' };
    const first = await tell({ title: 'Checkout 4.2.0' }, again);
    expect((await tell({ title: 'Checkout 4.2.0' }, again)).body).toEqual(first.body);
    expect((await ask()).items).toHaveLength(1);
  });

  it.each([
    [{ title: 'x', at: toText(T0 + DAY) }, 'body.at'],
    [{ title: 'x', link: 'javascript:alert(1)' }, 'body.link'],
    [{ title: 'x', kind: 'revolution' }, 'body.kind'],
    [{}, 'body.title'],
  ])('%j is refused with its place', async (body, param) => {
    expect(await tell(body)).toMatchObject({ status: 400, body: { error: { code: 'invalid', param } } });
  });
});

describe('the list of changes', () => {
  const days = [0, 1, 2, 40, 41, 75];

  it('goes back by pages, over months, newest first', async () => {
    for (const day of days) await tell({ title: `day ${day}`, at: toText(T0 - day * DAY) });
    const query = { from: toText(T0 - 80 * DAY), to: toText(T0), limit: '2' };
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask({ ...query, ...(cursor !== undefined && { cursor }) });
      titles.push(...page.items.map(({ title }: { title: string }) => title));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(titles).toEqual(days.map((day) => `day ${day}`));
  });

  it('is of the last day, and of one service, when that is asked for', async () => {
    await tell({ title: 'old', at: toText(T0 - 2 * DAY) });
    await tell({ title: 'search', service: 'search' });
    await tell({ title: 'checkout', service: 'checkout' });
    expect((await ask()).items).toHaveLength(2);
    expect((await ask({ service: 'Search' })).items).toMatchObject([{ title: 'search' }]);
  });

  it('refuses a time that ends before it begins, and a cursor of another list', async () => {
    const { error } = await ask({ from: toText(T0), to: toText(T0 - DAY) });
    expect(error).toMatchObject({ param: 'query.from' });
    for (const title of ['a', 'b']) await tell({ title });
    const { next } = await ask({ limit: '1' });
    expect((await ask({ limit: '1', cursor: next, service: 'x' })).error.param).toBe('query.cursor');
  });
});
