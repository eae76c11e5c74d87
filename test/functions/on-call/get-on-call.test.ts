import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let scene: typeof import('./scene.ts');

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/on-call/routes.ts'));
  handler = world.as('OnCall', handler);
  scene = await import('./scene.ts');
});
afterAll(() => world.stop());

const asked = (org: ReturnType<typeof idOf<'organisation'>>) =>
  call(handler, { path: '/api/on-call', authorizer: memberOf(org, 'viewer') });

describe('who is on call', () => {
  it('is told to every member, from the configuration in force and the administrators', async () => {
    const { status, body } = await asked(await scene.organisation('on call now'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      policies: [
        {
          id: 'default',
          now: { level: 1, people: [{ id: 'ann', name: 'ann' }] },
          next: { level: 2, people: [{ id: 'bob', name: 'bob' }] },
        },
      ],
      administrators: [{ name: 'Root' }],
      problems: [],
    });
  });

  it('of an organisation without anything is nobody, in words', async () => {
    const { body } = await asked(idOf('organisation', T0, 'nothing here'));
    expect(body).toMatchObject({ policies: [], administrators: [] });
    expect(body.problems).toHaveLength(2);
  });
});
