import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, type OrganisationId } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, queueEvent, startWorld } from '../../support/function-world.ts';
import { minutes, T0 } from '../../support/given.ts';

let world: FunctionWorld;
let routes: Parameters<typeof call>[0];
let escalate: typeof import('../../../functions/on-call/escalate.queue.ts').handler;
let aws: typeof import('../../../functions/aws/incident-log.ts');
let scene: typeof import('./scene.ts');
let org: OrganisationId;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  routes = world.as('OnCall', (await import('../../../functions/on-call/routes.ts')).handler);
  escalate = world.as('Escalate', (await import('../../../functions/on-call/escalate.queue.ts')).handler);
  aws = await import('../../../functions/aws/incident-log.ts');
  scene = await import('./scene.ts');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.setClock(T0);
  world.forget();
  org = await scene.organisation(`schedules ${count++}`, policies, schedules);
});

// T0 is a Monday, 09:00 UTC; Bob has the second week, and the office only mornings from 10:00.
const layer = { people: ['ann', 'bob'], startDate: '2026-10-26', handOff: '09:00' };
const only = [{ weekdays: ['mon', 'tue'], from: '10:00', to: '12:00' }];
const schedules = [
  { id: 'web', name: 'Web', timeZone: 'UTC', layers: [layer] },
  { id: 'office', name: 'Office', timeZone: 'UTC', layers: [{ ...layer, only }] },
];
const levels = [{ targets: ['office'] }, { targets: ['web'] }];
const policies = [{ id: 'default', name: 'Default', levels }];

const ask = (
  method: string,
  path: string,
  body?: object,
  role: Parameters<typeof memberOf>[1] = 'responder',
) => {
  const [at = '', search = ''] = path.split('?');
  const query = Object.fromEntries(new URLSearchParams(search));
  return call(routes, { method, path: at, query, authorizer: memberOf(org, role), ...(body && { body }) });
};
const time = (after: number) => new Date(T0 + after).toISOString();
const takeOver = (body: object) => ask('POST', '/api/schedules/web/overrides', body);
/** Whom the first step of a new incident pages. */
async function paged(): Promise<object> {
  const incident = await scene.open(org);
  const step = { kind: 'escalate', org, incident: incident.id, generation: 1, step: 1, dueAt: T0 };
  await escalate(queueEvent('Escalation', [step]));
  const { facts } = await aws.readFacts(org, incident.id, { limit: 10, now: T0 });
  return facts.find(({ type }) => type === 'incident.escalated')?.data ?? {};
}

describe('schedules', () => {
  it('are told with who is on call now, until when and who comes then', async () => {
    const { status, body } = await ask('GET', '/api/schedules', undefined, 'viewer');
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { id: 'web', person: { id: 'bob' }, until: time(7 * 24 * HOUR), next: { person: { id: 'ann' } } },
      { id: 'office', until: time(HOUR), next: { person: { id: 'bob' } } },
    ]);
    expect(body.items[1]).not.toHaveProperty('person');
  });

  it('are told from one instant to another, gaps included', async () => {
    const path = `/api/schedules/office?from=${time(0)}&to=${time(6 * HOUR)}`;
    const { status, body } = await ask('GET', path);
    expect(status).toBe(200);
    expect(body).toMatchObject({ timeZone: 'UTC', people: [{ id: 'ann' }, { id: 'bob' }] });
    expect(body.spans).toEqual([
      { from: time(0), to: time(HOUR) },
      { from: time(HOUR), to: time(3 * HOUR), person: { id: 'bob', name: 'bob' } },
      { from: time(3 * HOUR), to: time(6 * HOUR) },
    ]);
  });

  it.each(['to=2026-01-01T00:00:00Z', 'to=2027-11-01T00:00:00Z', 'from=yesterday'])(
    'are not told for %s',
    async (query) => {
      expect(await ask('GET', `/api/schedules/web?${query}`)).toMatchObject({ status: 400 });
    },
  );

  it('that are not there are not found', async () => {
    expect(await ask('GET', '/api/schedules/none')).toMatchObject({ status: 404 });
    expect(await ask('GET', '/api/schedules/none/overrides')).toMatchObject({ status: 404 });
  });
});

describe('an override', () => {
  it('counts at once: for who is on call, for whom a step pages, and until it is ended', async () => {
    const made = await takeOver({ person: 'ann', to: time(2 * HOUR) });
    expect(made).toMatchObject({ status: 201, body: { person: { id: 'ann' }, from: time(0) } });
    const { body } = await ask('GET', '/api/on-call');
    expect(body.schedules[0]).toMatchObject({ person: { id: 'ann' }, override: made.body.id });
    expect(body.policies[0]).toMatchObject({
      levels: [
        { schedules: [{ id: 'office' }], people: [] },
        { schedules: [{ id: 'web' }], people: [{ id: 'ann' }] },
      ],
      problems: ['Level 1 reaches nobody and is passed over.'],
    });
    expect(await paged()).toMatchObject({
      level: 2,
      skipped: [1],
      targets: [{ person: 'ann' }],
      onCall: [{ schedule: 'office' }, { schedule: 'web', person: 'ann' }],
    });
    world.setClock(minutes(30));
    const end = `/api/schedules/web/overrides/${made.body.id}`;
    expect(await ask('DELETE', end)).toMatchObject({ status: 204 });
    expect(await ask('DELETE', end)).toMatchObject({ status: 404 });
    expect((await ask('GET', '/api/on-call')).body.schedules[0]).toMatchObject({ person: { id: 'bob' } });
    const before = await ask('GET', `/api/on-call?at=${time(10 * 60_000)}`);
    expect(before.body.schedules[0]).toMatchObject({ person: { id: 'ann' } });
  });

  it('that has not begun is listed, and is gone when it is ended', async () => {
    const made = await takeOver({ person: 'ann', instead: 'bob', from: time(HOUR), to: time(2 * HOUR) });
    const list = async () => (await ask('GET', '/api/schedules/web/overrides')).body.items;
    expect(await list()).toEqual([made.body]);
    expect(await ask('DELETE', `/api/schedules/office/overrides/${made.body.id}`)).toMatchObject({
      status: 404,
    });
    expect(await ask('DELETE', `/api/schedules/web/overrides/${made.body.id}`)).toMatchObject({
      status: 204,
    });
    expect(await list()).toEqual([]);
  });

  it.each([
    ['by nobody', { person: 'gone', to: time(HOUR) }],
    ['for nobody', { person: 'ann', instead: 'gone', to: time(HOUR) }],
    ['that ends before it begins', { person: 'ann', from: time(HOUR), to: time(HOUR) }],
    ['of the past', { person: 'ann', from: time(-2 * HOUR), to: time(-HOUR) }],
    ['of years', { person: 'ann', to: time(400 * 24 * HOUR) }],
  ])('%s is refused', async (_, body) => {
    expect(await takeOver(body)).toMatchObject({ status: 400 });
  });

  it('[F57] is not for viewers', async () => {
    const body = { person: 'ann', to: time(HOUR) };
    expect(await ask('POST', '/api/schedules/web/overrides', body, 'viewer')).toMatchObject({ status: 403 });
  });
});
