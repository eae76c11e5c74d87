import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, idOf } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
const org = idOf('organisation', T0, 'services');

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/incidents/routes.ts'));
  handler = world.as('Incidents', handler);
});
afterAll(() => world.stop());

const path = '/api/incidents';
const declare = async (title: string, service?: string) => {
  const body = { title, severity: 'P2_HIGH', ...(service && { service }) };
  return (await call(handler, { method: 'POST', path, body, authorizer: memberOf(org) })).body;
};
const resolve = (id: string) =>
  call(handler, {
    method: 'PATCH',
    path: `${path}/${id}`,
    body: { state: 'resolved' },
    authorizer: memberOf(org),
  });
const services = async (of = org) =>
  (await call(handler, { path: '/api/services', authorizer: memberOf(of, 'viewer') })).body;

describe('the list of services', () => {
  it('folds what is open and what was open in the last 30 days; older ones are forgotten', async () => {
    world.setClock(T0 - 40 * DAY);
    await resolve((await declare('Long over', 'attic')).id);
    await declare('Still open', 'cellar');
    world.setClock(T0 - DAY);
    const yesterday = await declare('Slow', 'search');
    await resolve(yesterday.id);
    world.setClock(T0);
    await declare('Down', 'Checkout');
    await declare('Somewhere');
    const answer = await services();
    expect(answer).toMatchObject({ unnamed: 1, since: new Date(T0 - 30 * DAY).toISOString() });
    expect(answer.items).toEqual([
      expect.objectContaining({ name: 'checkout', open: 1, triggered: 1, worst: 'P2_HIGH' }),
      expect.objectContaining({ name: 'cellar', open: 1 }),
      expect.objectContaining({
        name: 'search',
        open: 0,
        last: expect.objectContaining({ id: yesterday.id, state: 'resolved', title: 'Slow' }),
      }),
    ]);
  });

  it('of another organisation is empty', async () => {
    expect(await services(idOf('organisation', T0, 'others'))).toMatchObject({ items: [], unnamed: 0 });
  });
});
