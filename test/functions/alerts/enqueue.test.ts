import { describe, expect, it } from 'vitest';
import { fixture, fixtureText } from '../../support/alert-fixture.ts';
import { secrets, World } from './world.ts';

const routing_key = secrets['pagerduty-events'];
const event = (name: string) => ({ ...(fixture(name) as object), routing_key });
const invalid = { status: 'invalid event', message: 'Event object is invalid' };

describe('an event at /v2/enqueue', () => {
  it.each([
    ['pagerduty-events/trigger', 'firing'],
    ['pagerduty-events/acknowledge', 'acknowledged'],
    ['pagerduty-events/resolve', 'resolved'],
  ])('%s is taken and answered with its key', async (name, state) => {
    const world = new World();
    const { reply } = await world.enqueue(event(name));
    expect([reply.status, reply.body]).toEqual([
      202,
      { status: 'success', message: 'Event processed', dedup_key: 'db-3/replication' },
    ]);
    expect(world.sent[0]?.signals[0]?.state).toBe(state);
    expect(JSON.stringify(world.sent)).not.toContain(routing_key);
  });

  it('without a key of its own is answered with the one it was given', async () => {
    const { reply } = await new World().enqueue(event('pagerduty-events/trigger-without-key'));
    expect(reply.body).toMatchObject({
      status: 'success',
      dedup_key: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it("with a routing key of another length is refused in PagerDuty's words, together with all else that is wrong", async () => {
    const world = new World();
    const { reply } = await world.enqueue(fixture('pagerduty-events/odd-short-key'));
    expect([reply.status, reply.body]).toEqual([
      400,
      {
        ...invalid,
        errors: [
          "Length of 'routing_key' is incorrect (should be 32 characters)",
          "'event_action' is missing or blank",
        ],
      },
    ]);
    expect(world.lookups).toBe(0);
  });

  it('without a routing key, or not an object at all, is refused alike', async () => {
    for (const body of [{ event_action: 'trigger', payload: { summary: 'x' } }, [], 'x', null]) {
      const { reply } = await new World().enqueue(JSON.stringify(body));
      expect(reply.status).toBe(400);
      expect(reply.body).toMatchObject({
        ...invalid,
        errors: expect.arrayContaining(["'routing_key' is missing or blank"]),
      });
    }
  });

  it('[F1] with an unknown routing key is refused, and nothing is stored', async () => {
    const world = new World();
    const { reply } = await world.enqueue({
      ...event('pagerduty-events/trigger'),
      routing_key: 'canary00unknown00000000000000000',
    });
    expect([reply.status, reply.body]).toMatchObject([403, invalid]);
    expect(world.sent).toEqual([]);
    expect(JSON.stringify(reply)).not.toContain('canary');
  });

  it('with a summary missing is refused after its key was found good', async () => {
    const { reply, door } = await new World().enqueue({ routing_key, event_action: 'trigger', payload: {} });
    expect([reply.status, reply.body]).toEqual([
      400,
      { ...invalid, errors: ["'payload.summary' is missing or blank"] },
    ]);
    expect(door?.source).toBe('pagerduty-events');
  });

  it("that is no JSON is refused in PagerDuty's words, and names the place", async () => {
    const { reply } = await new World().enqueue('{"routing_key": }');
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({
      status: 'Unrecognized object',
      message: 'Event object format is unrecognized',
      errors: ['JSON parse error', expect.stringContaining('line 1, column 17')],
    });
  });

  it('every refusal has a list of texts, as the clients of PagerDuty need', async () => {
    const large = { ...event('pagerduty-events/trigger'), filler: 'x'.repeat(600_000) };
    for (const body of [large, '{', {}, { routing_key: 'x' }, '['.repeat(100)]) {
      const { reply } = await new World().enqueue(body);
      const { errors } = reply.body as { errors: unknown };
      expect(Array.isArray(errors) && errors.every((each) => typeof each === 'string')).toBe(true);
    }
  });

  it('of Alertmanager as a sender opens and closes one alert', async () => {
    const world = new World();
    for (const name of [
      'pagerduty-events/trigger-from-alertmanager',
      'pagerduty-events/resolve-from-alertmanager',
    ]) {
      await world.post('pagerduty-events', fixtureText(name));
    }
    const [opened, closed] = world.sent.map(({ signals }) => signals[0]);
    expect(closed?.fingerprint).toBe(opened?.fingerprint);
    expect([opened?.state, closed?.state]).toEqual(['firing', 'resolved']);
    expect(closed?.at).toBeGreaterThan(opened?.at ?? 0);
  });
});
