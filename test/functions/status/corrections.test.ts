import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type OrganisationId } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import type { TestRequest } from '../../support/http-event.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let org: OrganisationId;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/status/routes.ts'));
  handler = world.as('StatusApi', handler);
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `corrections ${count++}`);
  world.setClock(T0);
  world.forget();
});

const ask = (method: string, path: string, more: Partial<TestRequest> = {}) =>
  call(handler, { method, path: `/api/status${path}`, authorizer: memberOf(org), ...more });
const make = async (path: string, body: object) => (await ask('POST', path, { body })).body;
const told = async () => {
  const { id } = await make('/incidents', { title: 'Slow', text: 'We look.', state: 'investigating' });
  const { id: update } = await make(`/incidents/${id}/updates`, { state: 'monitoring', text: 'Better.' });
  world.forget();
  return { id, update, path: `/incidents/${id}/updates/${update}` };
};
const kinds = () => world.sent.map(({ queue, body }) => `${queue} ${Object(body).type ?? Object(body).kind}`);

describe('a correction', () => {
  it('goes to the publisher at once, and to no subscriber: they are told of updates, not of words', async () => {
    const { path } = await told();
    expect((await ask('PATCH', path, { body: { text: 'Better, mostly.' } })).status).toBe(200);
    expect(world.sent.map(({ queue }) => queue)).toEqual(['Publish']);
    expect((await ask('GET', '')).body.incidents[0].updates[0]).toMatchObject({
      ...{ text: 'Better, mostly.', state: 'monitoring' },
      correctedAt: expect.any(String),
    });
  });

  it('in the same words changes nothing, and tells nobody', async () => {
    const { path } = await told();
    const { version } = (await ask('GET', '')).body;
    expect((await ask('PATCH', path, { body: { text: 'Better.' } })).body).toEqual({ version });
    expect(world.sent).toEqual([]);
  });

  it('without words is refused, naming the field', async () => {
    const { path } = await told();
    const answer = await ask('PATCH', path, { body: { text: '  ' } });
    expect([answer.status, answer.body.error.param]).toEqual([400, 'body.text']);
  });

  it('from a page that somebody else changed meanwhile is refused when it says what it saw', async () => {
    const { path } = await told();
    const answer = await ask('PATCH', path, { body: { text: 'x' }, headers: { 'if-match': '"1"' } });
    expect([answer.status, answer.body.error.param]).toEqual([412, 'header.if-match']);
  });
});

describe('a withdrawal', () => {
  it('goes to the publisher at once, once, and is found by all who read', async () => {
    const { path } = await told();
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('DELETE', path)).status).toBe(204);
    expect(kinds()).toEqual(['Publish publish']);
    const [shown] = (await ask('GET', '')).body.incidents;
    expect(shown).toMatchObject({ state: 'investigating', updates: [{ text: '' }, { text: 'We look.' }] });
  });

  it('of an update that is corrected afterwards is a conflict, and of one of another incident not found', async () => {
    const { path, update } = await told();
    const other = await told();
    await ask('DELETE', path);
    expect((await ask('PATCH', path, { body: { text: 'x' } })).status).toBe(409);
    expect((await ask('DELETE', `/incidents/${other.id}/updates/${update}`)).status).toBe(404);
  });

  it('needs the right to write', async () => {
    const { path } = await told();
    const answer = await ask('DELETE', path, { authorizer: memberOf(org, 'viewer') });
    expect(answer.status).toBe(403);
  });
});

describe('maintenance', () => {
  const planned = async () =>
    make('/maintenance', {
      ...{ title: 'Move', text: 'We move.', components: [] },
      ...{ from: '2100-01-01T00:00:00Z', until: '2100-01-01T02:00:00Z' },
    });

  it('is changed field by field, and only what was said', async () => {
    const { id } = await planned();
    const change = (body: object) => ask('PATCH', `/maintenance/${id}`, { body });
    expect((await change({ until: '2100-01-01T03:00:00Z' })).status).toBe(200);
    expect((await change({ text: 'Slowly.' })).status).toBe(200);
    expect((await ask('GET', '')).body.maintenance).toMatchObject([
      { title: 'Move', text: 'Slowly.', from: '2100-01-01T00:00:00.000Z', until: '2100-01-01T03:00:00.000Z' },
    ]);
    const backwards = await change({ until: '2099-01-01T00:00:00Z' });
    expect([backwards.status, backwards.body.error.param]).toEqual([400, 'body.until']);
    const past = await change({ from: '2000-01-01T00:00:00Z', until: '2000-01-01T01:00:00Z' });
    expect(past.body.error.message).toContain('to end it now, cancel it');
  });
});

describe('a place', () => {
  it('beside what is not there is refused, naming the field', async () => {
    const { id } = await make('/components', { name: 'Shop' });
    const nowhere = await ask('PATCH', `/components/${id}`, {
      body: { before: idOf('component', 0, 'nowhere') },
    });
    expect([nowhere.status, nowhere.body.error.param]).toEqual([400, 'body.before']);
    const wrong = await ask('PATCH', `/components/${id}`, { body: { before: 'first' } });
    expect(wrong.status).toBe(400);
  });

  it('is one change and one message, however far it is moved', async () => {
    const names = ['A', 'B', 'C', 'D', 'E'];
    const ids: string[] = [];
    for (const name of names) ids.push((await make('/components', { name })).id);
    world.forget();
    const { version } = (await ask('GET', '')).body;
    const moved = await ask('PATCH', `/components/${ids[4]}`, { body: { before: ids[1] } });
    expect(moved.body).toEqual({ version: version + 1 });
    expect(world.sent).toHaveLength(1);
    const shown = (await ask('GET', '')).body.components.map(({ name }: { name: string }) => name);
    expect(shown).toEqual(['A', 'E', 'B', 'C', 'D']);
  });
});
