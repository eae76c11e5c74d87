import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, MINUTE } from '../../../shared/kernel/index.ts';
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
  org = idOf('organisation', T0, `order ${count++}`);
  world.setClock(T0);
});

const path = '/api/incidents';
const list = (query: Record<string, string>) => call(handler, { path, query, authorizer: memberOf(org) });
const urgent = (query: Record<string, string> = {}) => list({ state: 'open', order: 'urgency', ...query });
const titles = (items: readonly { title: string }[]) => items.map(({ title }) => title);
const change = (id: string, body: object) =>
  call(handler, { method: 'PATCH', path: `${path}/${id}`, body, authorizer: memberOf(org) });

/** Declares one a minute later each; its title is its severity and place, and an `a` after it says that it is acknowledged. */
async function declareAll(all: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  const severities: Record<string, string> = { P1: 'P1_CRITICAL', P2: 'P2_HIGH', P4: 'P4_LOW' };
  for (const [i, title] of all.entries()) {
    world.setClock(T0 + i * MINUTE);
    const body = { title, severity: severities[title.slice(0, 2)] };
    const { body: declared } = await call(handler, { method: 'POST', path, body, authorizer: memberOf(org) });
    ids.push(declared.id);
    if (title.endsWith('a')) await change(declared.id, { state: 'acknowledged' });
  }
  return ids;
}

describe('the list in the order of urgency', () => {
  const mixed = ['P1-0', 'P4-1', 'P1-2 a', 'P4-3', 'P2-4', 'P4-5 a', 'P1-6'];
  const wanted = ['P1-6', 'P1-0', 'P2-4', 'P1-2 a', 'P4-3', 'P4-1', 'P4-5 a'];

  it('is the same in pages of any size, each incident once', async () => {
    await declareAll(mixed);
    for (const limit of ['1', '2', '3', '7']) {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const { status, body } = await urgent({ limit, ...(cursor && { cursor }) });
        expect(status).toBe(200);
        found.push(...titles(body.items));
        cursor = body.next;
      } while (cursor);
      expect(found).toEqual(wanted);
    }
    expect(titles((await urgent({ state: 'acknowledged' })).body.items)).toEqual(
      wanted.filter((title) => title.endsWith('a')),
    );
    expect(titles((await list({ state: 'open' })).body.items)).toEqual(mixed.toReversed());
  });
  it('goes on from a place although who stood there has moved', async () => {
    const ids = await declareAll(mixed);
    const { body } = await urgent({ limit: '2' });
    await change(ids[0] ?? '', { state: 'resolved' });
    await change(ids[6] ?? '', { state: 'acknowledged' });
    const rest = titles((await urgent({ limit: '7', cursor: body.next })).body.items);
    expect(rest).toEqual(['P2-4', 'P1-6', 'P1-2 a', 'P4-3', 'P4-1', 'P4-5 a']);
  });
  it('tells how many there are, of all and of each severity, also of one alone', async () => {
    await declareAll(mixed);
    const severities = { P1_CRITICAL: 3, P2_HIGH: 1, P3_MEDIUM: 0, P4_LOW: 3, P5_INFO: 0 };
    expect((await urgent({ limit: '1' })).body).toMatchObject({ total: 7, severities });
    expect((await urgent({ severity: 'P4_LOW', limit: '1' })).body).toMatchObject({ total: 3, severities });
    expect((await list({ state: 'open' })).body).toMatchObject({ total: 7, severities });
    for (const query of [{}, { state: 'resolved' }]) {
      const { body } = await list(query as Record<string, string>);
      expect([body.total, body.severities]).toEqual([undefined, undefined]);
    }
  });
  it('[F60] takes no cursor of another order, and gives none that another order takes', async () => {
    await declareAll(mixed);
    const { next: newest } = (await list({ state: 'open', limit: '1' })).body;
    const { next: urgency } = (await urgent({ limit: '1' })).body;
    expect((await urgent({ cursor: urgency })).status).toBe(200);
    expect((await urgent({ cursor: newest })).status).toBe(400);
    expect((await list({ state: 'open', cursor: urgency })).status).toBe(400);
    // Even one that is bound to this list: its place has another form.
    const [version, binding] = JSON.parse(Buffer.from(urgency, 'base64url').toString());
    for (const position of [['1', 'inc_0'], ['open', 'P1_CRITICAL', '1', 'inc_0'], ['triggered']]) {
      const forged = Buffer.from(JSON.stringify([version, binding, position])).toString('base64url');
      expect((await urgent({ cursor: forged })).status).toBe(400);
    }
  });
});
