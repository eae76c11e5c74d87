import { describe, expect, it } from 'vitest';
import { fixture } from '../../support/alert-fixture.ts';
import { secrets, World } from './world.ts';

const key = secrets['pagerduty-events'];
const GENERIC = '/generic/2010-04-15/create_event.json';
const change = { ...(fixture('pagerduty-events/change') as object), routing_key: key };
const generic = { ...(fixture('pagerduty-events/generic-trigger') as object), service_key: key };
const unknown = 'canary00unknown00000000000000000';

const post = (world: World, path: string, body: unknown) => world.postTo(path, JSON.stringify(body));

describe('a change event at /v2/change/enqueue', () => {
  it('is kept as a change, and answered as PagerDuty answers', async () => {
    const world = new World();
    const { reply } = await post(world, '/v2/change/enqueue', change);
    expect([reply.status, reply.body]).toEqual([
      202,
      { status: 'success', message: 'Change event processed' },
    ]);
    expect(world.sent).toEqual([]);
    expect(world.asides).toMatchObject([{ changes: [{ kind: 'deployment', service: 'basket' }] }]);
    expect(JSON.stringify(world.asides)).not.toContain(key);
  });

  it('[F1] with a short, unknown or missing key is refused, and nothing is kept', async () => {
    const world = new World();
    const answers = [];
    for (const routing_key of ['short', unknown, undefined])
      answers.push((await post(world, '/v2/change/enqueue', { ...change, routing_key })).reply);
    expect(answers.map(({ status }) => status)).toEqual([400, 403, 400]);
    expect(answers[0]?.body).toMatchObject({
      errors: ["Length of 'routing_key' is incorrect (should be 32 characters)"],
    });
    expect(world.asides).toEqual([]);
  });

  it('without a payload is refused with all that is wrong', async () => {
    const { reply } = await post(new World(), '/v2/change/enqueue', { routing_key: 'x' });
    expect(reply.body).toMatchObject({
      errors: [expect.stringContaining('routing_key'), "'payload' is missing or blank"],
    });
  });
});

describe('an event of version 1 at create_event.json', () => {
  it('is taken, and answered with 200 and its key', async () => {
    const world = new World();
    const { reply } = await post(world, GENERIC, generic);
    expect([reply.status, reply.body]).toEqual([
      200,
      { status: 'success', message: 'Event processed', incident_key: 'mail-2/queue' },
    ]);
    expect(world.sent[0]?.signals[0]?.state).toBe('firing');
    expect(JSON.stringify(world.sent)).not.toContain(key);
  });

  it('without a key of its own is answered with the one it was given', async () => {
    const { reply } = await post(new World(), GENERIC, { ...generic, incident_key: undefined });
    expect(reply.body).toMatchObject({ incident_key: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it('[F1] with an unknown key is refused with 400: for these senders 403 means "come again"', async () => {
    const world = new World();
    const { reply } = await post(world, GENERIC, { ...generic, service_key: unknown });
    expect([reply.status, reply.body]).toMatchObject([400, { status: 'invalid event' }]);
    expect(world.sent).toEqual([]);
  });

  it('whose key has another length is refused with all that is wrong', async () => {
    const { reply } = await post(new World(), GENERIC, { service_key: 'x' });
    expect(reply.body).toMatchObject({
      status: 'invalid event',
      message: 'Event object is invalid',
      errors: ['Service key is the wrong length (should be 32 characters)', 'Event type is missing or blank'],
    });
  });
});
