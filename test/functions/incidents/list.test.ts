import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { table } from '../../../functions/aws/table.ts';
import { DAY, idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { shards } from '../../../shared/table/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let org = idOf('organisation', T0, '0');
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/incidents/routes.ts'));
  handler = world.as('Incidents', handler);
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `list ${count++}`);
  world.setClock(T0);
});

const path = '/api/incidents';
const list = (query: Record<string, string> = {}, by = memberOf(org)) =>
  call(handler, { path, query, authorizer: by });
const titles = (items: readonly { title: string }[]) => items.map(({ title }) => title);

/** Declares one a minute after T0 per title; a title that begins with `-` is resolved at once. */
async function declareAll(all: readonly string[], more: object = {}): Promise<void> {
  for (const [i, title] of all.entries()) {
    world.setClock(T0 + i * MINUTE);
    const body = { title, severity: 'P2_HIGH', ...more };
    const declared = await call(handler, { method: 'POST', path, body, authorizer: memberOf(org) });
    if (!title.startsWith('-')) continue;
    await call(handler, {
      method: 'PATCH',
      path: `${path}/${declared.body.id}`,
      body: { state: 'resolved' },
      authorizer: memberOf(org),
    });
  }
}

/** All pages of a list, each with at most `limit`. */
async function pages(query: Record<string, string>): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const { status, body } = await list({ ...query, ...(cursor && { cursor }) });
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(Number(query.limit));
    found.push(...titles(body.items));
    cursor = body.next;
  } while (cursor);
  return found;
}

describe('the list of incidents', () => {
  it('holds what was declared a moment ago, newest first, open and resolved together', async () => {
    await declareAll(['a', '-b', 'c', '-d']);
    expect(titles((await list()).body.items)).toEqual(['-d', 'c', '-b', 'a']);
  });
  it('reads one partition for the open ones of a service, and all of them for everybody', async () => {
    await declareAll(['a'], { service: 'Checkout' });
    await declareAll(['b'], { service: 'search' });
    const query = vi.spyOn(table, 'query');
    expect(titles((await list({ state: 'open', service: 'CHECKOUT' })).body.items)).toEqual(['a']);
    expect(query).toHaveBeenCalledTimes(1);
    expect(titles((await list({ state: 'open' })).body.items)).toHaveLength(2);
    expect(query).toHaveBeenCalledTimes(1 + shards.open);
    query.mockRestore();
  });

  it('is shown by state, severity, service and time', async () => {
    await declareAll(['a', '-b'], { service: 'Checkout' });
    await declareAll(['c'], { severity: 'P5_INFO' });
    expect(titles((await list({ state: 'resolved' })).body.items)).toEqual(['-b']);
    expect(titles((await list({ state: 'open' })).body.items).sort()).toEqual(['a', 'c']);
    expect(titles((await list({ severity: 'P5_INFO' })).body.items)).toEqual(['c']);
    expect(titles((await list({ service: ' CHECKOUT' })).body.items)).toEqual(['-b', 'a']);
    expect(titles((await list({ openedAfter: '2026-11-02T09:01:00Z' })).body.items)).toEqual(['-b']);
    expect(titles((await list({ openedBefore: '2026-11-02T09:01:00Z' })).body.items).sort()).toEqual([
      'a',
      'c',
    ]);
  });
  it('[F26] comes in pages that together are the whole, each incident once', async () => {
    const all = ['a', '-b', 'c', '-d', '-e', 'f', '-g'];
    await declareAll(all);
    for (const limit of ['1', '2', '3', '7']) expect(await pages({ limit })).toEqual([...all].reverse());
    expect(await pages({ limit: '2', state: 'resolved' })).toEqual(['-g', '-e', '-d', '-b']);
  });
  it('reaches over months, and 400 days back unless told otherwise', async () => {
    await declareAll(['-old']);
    world.setClock(T0 + 70 * DAY);
    expect(await pages({ limit: '1' })).toEqual(['-old']);
    world.setClock(T0 + 500 * DAY);
    expect(await pages({ limit: '1' })).toEqual([]);
    expect(await pages({ limit: '1', openedAfter: '2026-01-01T00:00:00Z' })).toEqual(['-old']);
  });
  it('[F60] takes no cursor of another list, organisation or invention', async () => {
    await declareAll(['a', 'b', 'c']);
    const { next } = (await list({ limit: '1' })).body;
    expect((await list({ limit: '1', cursor: next })).status).toBe(200);
    expect((await list({ limit: '1', state: 'open', cursor: next })).status).toBe(400);
    const stranger = memberOf(idOf('organisation', T0, 'stranger'));
    expect((await list({ limit: '1', cursor: next }, stranger)).status).toBe(400);
    for (const cursor of ['x', 'bnVsbA', next.slice(0, -8), 'W10'])
      expect((await list({ cursor })).status).toBe(400);
  });
  it('[F60] takes no strange limit or order', async () => {
    const strange = [{ order: '__proto__' }, { order: 'urgency' }, { order: 'urgency', state: 'resolved' }];
    for (const query of [{ limit: '-1' }, { limit: '1000000000' }, { sort: '__proto__' }, ...strange]) {
      expect((await list(query as Record<string, string>)).status).toBe(400);
    }
  });
});
