import { describe, expect, it } from 'vitest';
import { idNamed } from '../../../shared/alerts/index.ts';
import { receivedAt } from '../../support/alert-fixture.ts';
import { doorOf, secrets, World } from './world.ts';

const { id: integration, org } = doorOf('opsgenie-api');
const headers = { Authorization: `GenieKey ${secrets['opsgenie-api']}` };
const fingerprint = idNamed(integration, 'a'.repeat(64));
const failing = () => Promise.reject(new Error('ThrottlingException'));

/** A world with one alert of this integration. */
function withAlert(): World {
  const world = new World();
  world.heads.set(fingerprint, {
    ...{ org, fingerprint, version: 1, integration, source: 'opsgenie-api', title: 'Slow' },
    ...{ labels: {}, links: [], firings: [receivedAt], resolves: [], memberships: [] },
  });
  return world;
}

const see = async (world: World, path: string, params: Record<string, string>) =>
  (await world.postTo(path, '', { method: 'GET', params, headers })).reply;
const shown = (world: World) => see(world, '/v2/alerts/{identifier}', { identifier: fingerprint });
const request = (world: World, id: string) => see(world, '/v2/alerts/requests/{id}', { id });

describe('while the table throttles', () => {
  it('an alert that is named by its tiny id is told to be asked for again', async () => {
    const world = new World();
    world.ports.findTinyId = failing;
    const { reply } = await world.postTo('/v2/alerts/{identifier}/{action}', '', {
      ...{ headers, params: { identifier: '17', action: 'close' } },
      event: { queryStringParameters: { identifierType: 'tiny' } },
    });
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '5']);
  });

  it('so is one that cannot be read, or its tiny id kept, and what became of a request', async () => {
    const world = withAlert();
    expect((await shown(world)).status).toBe(200);
    world.ports.keepTinyId = failing;
    const unkept = await shown(world);
    world.ports.findAlert = failing;
    for (const reply of [unkept, await shown(world), await request(world, `close-1-${fingerprint}`)])
      expect([reply.status, reply.headers['retry-after']]).toEqual([503, '5']);
  });
});

it('a request of a name that every object has is none', async () => {
  expect((await request(withAlert(), `close-1-${fingerprint}`)).status).toBe(200);
  expect((await request(withAlert(), `constructor-1-${fingerprint}`)).status).toBe(404);
});
