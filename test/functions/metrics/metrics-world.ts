import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Incident } from '../../../shared/incidents/index.ts';
import { type Instant, idOf, type OrganisationId } from '../../../shared/kernel/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { writeIncidents } from '../../support/generated-year.ts';
import { T0 } from '../../support/given.ts';

export type Query = Record<string, string>;

let count = 0;

/** The function of metrics in a world of its own, with another organisation for each test. */
export function metricsWorld() {
  let world: FunctionWorld;
  let handler: Parameters<typeof call>[0];
  let put: (incidents: readonly Incident[]) => Promise<void>;
  let org: OrganisationId;
  beforeAll(async () => {
    world = await startWorld();
    ({ handler } = await import('../../../functions/metrics/routes.ts'));
    const { client } = await import('../../../functions/aws/dynamodb/client.ts');
    put = (incidents) => writeIncidents(client, process.env[env.table] ?? '', incidents);
  });
  afterAll(() => world.stop());
  beforeEach(() => {
    org = idOf('organisation', T0, `metrics ${count++}`);
    world.setClock(T0);
  });
  const ask = (path: string, query: Query = {}, authorizer = memberOf(org, 'viewer')) =>
    call(world.as('Metrics', handler), { path, query, authorizer });
  const post = (body: object, headers: Query = {}, role: 'manager' | 'responder' = 'manager') =>
    call(world.as('Metrics', handler), {
      ...{ method: 'POST', path: '/api/metrics/targets', body, authorizer: memberOf(org, role) },
      headers: { 'content-type': 'application/json', ...headers },
    });
  return {
    get org() {
      return org;
    },
    setClock: (now: Instant) => world.setClock(now),
    write: (incidents: readonly Incident[]) => put(incidents),
    ...{ ask, post },
    /** The answer of an address that an answer gave. */
    follow(address: string) {
      const { pathname, searchParams } = new URL(address, 'https://x');
      return ask(pathname, Object.fromEntries(searchParams));
    },
    /** Sets targets as if it were that time. */
    async postAt(now: Instant, body: object) {
      world.setClock(now);
      const answer = await post(body);
      world.setClock(T0);
      return answer;
    },
  };
}
