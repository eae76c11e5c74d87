import { describe, expect, it } from 'vitest';
import { type AlertHead, withSignal } from '../../../shared/detection/index.ts';
import { MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import { fixtureText, receivedAt } from '../../support/alert-fixture.ts';
import { doorOf, secrets, World } from './world.ts';

const key = secrets['opsgenie-api'];
const headers = { 'content-type': 'application/json', Authorization: `GenieKey ${key}` };
const create = fixtureText('opsgenie-api/create');
const ALIAS = 'checkout / slow (Lisbon) 100%';

interface Asking {
  readonly method?: string;
  readonly type?: string;
  readonly params: Record<string, string>;
  readonly body?: string;
  readonly query?: Record<string, string>;
}

/** Asks for something about an alert that its path names. */
function ask(world: World, path: string, { method = 'POST', type, params, body = '', query }: Asking) {
  const queryStringParameters = { ...(type !== undefined && { identifierType: type }), ...query };
  return world.postTo(path, body, { method, params, headers, event: { queryStringParameters } });
}

const acting = (
  world: World,
  action: string,
  more: Omit<Asking, 'params'> & { identifier?: string } = {},
) => {
  const { identifier = ALIAS, ...rest } = more;
  return ask(world, '/v2/alerts/{identifier}/{action}', {
    type: 'alias',
    ...rest,
    params: { identifier, action },
  });
};

/** What detection makes of the signals that were sent. */
function detected(world: World): AlertHead {
  const { id } = doorOf('opsgenie-api');
  const signals = world.sent.flatMap((message) => message.signals);
  const empty = { labels: {}, links: [], firings: [], resolves: [], memberships: [] };
  const [first] = signals;
  if (!first || !world.sent[0]) throw new Error('nothing was sent');
  const head: AlertHead = {
    ...{ org: world.sent[0].org, fingerprint: first.fingerprint, version: 1, integration: id },
    source: 'opsgenie-api',
    ...empty,
  };
  const now = signals.reduce((before, signal) => withSignal(before, signal), head);
  world.heads.set(now.fingerprint, now);
  return now;
}

const requestIn = (body: unknown) => (body as { requestId: string }).requestId;
const status = (world: World, id: string) =>
  ask(world, '/v2/alerts/requests/{id}', { method: 'GET', params: { id } });

describe('a request to the Alert API', () => {
  it('is taken, and answered with 202 and an id in body and header', async () => {
    const world = new World();
    const { reply } = await world.postTo('/v2/alerts', create, { headers });
    expect([reply.status, reply.body]).toEqual([
      202,
      { result: 'Request will be processed', took: expect.any(Number), requestId: expect.any(String) },
    ]);
    expect(reply.headers).toMatchObject({
      'x-request-id': requestIn(reply.body),
      'x-response-time': expect.any(String),
      'x-ratelimit-state': 'OK',
    });
    expect(world.sent[0]?.signals).toHaveLength(1);
    expect(JSON.stringify(world.accepted)).not.toContain(key);
  });

  it('[F1] without a key or with a wrong one is refused with 401, and nothing is stored', async () => {
    const world = new World();
    for (const Authorization of [
      '',
      `Bearer ${key}`,
      'GenieKey',
      'GenieKey canary0unknown000000000000000000',
    ]) {
      const { reply } = await world.postTo('/v2/alerts', create, { headers: { Authorization } });
      expect([reply.status, reply.body]).toMatchObject([
        401,
        { message: expect.any(String), requestId: 'req-1' },
      ]);
      expect(JSON.stringify(reply)).not.toContain('canary');
    }
    expect(world.sent).toEqual([]);
  });

  it('that lacks something is refused with 422 by field; what is no JSON with 400', async () => {
    const world = new World();
    const empty = await world.postTo('/v2/alerts', '{}', { headers });
    expect([empty.reply.status, empty.reply.body]).toMatchObject([
      422,
      { message: expect.any(String), errors: { message: 'Message can not be empty.' } },
    ]);
    const note = await acting(world, 'notes', { body: '{}' });
    expect([note.reply.status, note.reply.body]).toMatchObject([
      422,
      { errors: { note: expect.any(String) } },
    ]);
    expect((await world.postTo('/v2/alerts', '{"message":', { headers })).reply.status).toBe(400);
    expect((await acting(world, 'close', { type: 'name' })).reply.status).toBe(422);
    expect((await acting(world, 'explode')).reply.status).toBe(422);
  });

  it('that cannot be stored is answered with 503 and when to come again', async () => {
    const world = new World();
    world.queueFails = true;
    world.parkFails = true;
    const { reply } = await world.postTo('/v2/alerts', create, { headers });
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '5']);
  });
});

describe('an action', () => {
  it('by an alias with spaces, slashes and percents, by id and by tiny id is one on the same alert', async () => {
    const world = new World();
    await world.postTo('/v2/alerts', create, { headers });
    const { fingerprint } = detected(world);
    const shown = await ask(world, '/v2/alerts/{identifier}', {
      method: 'GET',
      params: { identifier: fingerprint },
    });
    const { tinyId } = (shown.reply.body as { data: { tinyId: string } }).data;
    await acting(world, 'close');
    await acting(world, 'close', { type: 'id', identifier: fingerprint });
    await acting(world, 'close', { type: 'tiny', identifier: tinyId });
    await ask(world, '/v2/alerts/{identifier}', {
      method: 'DELETE',
      type: 'alias',
      params: { identifier: ALIAS },
    });
    const said = world.sent.flatMap(({ signals }) => signals);
    expect(said.map((signal) => signal.state)).toEqual(['firing', ...Array(4).fill('resolved')]);
    expect(new Set(said.map((signal) => signal.fingerprint))).toEqual(new Set([fingerprint]));
  });

  it('by a tiny id that nobody was shown is not found', async () => {
    const { reply } = await acting(new World(), 'close', { type: 'tiny', identifier: '17' });
    expect([reply.status, reply.body]).toMatchObject([404, { message: expect.stringContaining("'17'") }]);
  });

  it('[F56] on an alert of another integration, by id or tiny id, finds none and does nothing; by alias it is another', async () => {
    const world = new World();
    await world.postTo('/v2/alerts', create, { headers });
    const head = detected(world);
    const { fingerprint } = head;
    world.heads.set(fingerprint, { ...head, integration: doorOf('generic').id });
    world.tinyIds.set('17', fingerprint);
    const before = world.accepted.length;
    for (const action of ['close', 'acknowledge', 'notes'])
      for (const named of [
        { type: 'id', identifier: fingerprint },
        { type: 'tiny', identifier: '17' },
      ]) {
        const { reply } = await acting(world, action, { ...named, body: '{"note":"x"}' });
        expect([reply.status, reply.body]).toMatchObject([404, { message: 'Alert does not exist.' }]);
      }
    expect(world.accepted).toHaveLength(before);
    await acting(world, 'close', { identifier: fingerprint });
    expect(world.sent.at(-1)?.signals[0]?.fingerprint).not.toBe(fingerprint);
  });

  it('by id while alerts cannot be looked up is to come again', async () => {
    const world = new World();
    world.ports.findAlert = () => Promise.reject(new Error('ThrottlingException at canary-table-name'));
    const { reply } = await acting(world, 'close', { type: 'id', identifier: 'a'.repeat(64) });
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '5']);
    expect(JSON.stringify(reply)).not.toContain('canary');
  });

  it('[F17] on an alias that is not known is answered with 202, and its end is kept', async () => {
    const world = new World();
    for (const action of ['close', 'acknowledge']) {
      expect((await acting(world, action, { identifier: 'never seen' })).reply.status).toBe(202);
    }
    expect(world.sent.flatMap(({ signals }) => signals.map(({ state }) => state))).toEqual([
      'resolved',
      'acknowledged',
    ]);
  });

  it('that says something is a remark, also one with PUT, DELETE or a name of its own', async () => {
    const world = new World();
    await acting(world, 'notes', { body: '{"note":"Looking","user":"Noor"}' });
    await acting(world, 'priority', { method: 'PUT', body: '{"priority":"P1"}' });
    await acting(world, 'tags', { method: 'DELETE', query: { tags: 'a,b' } });
    const params = { identifier: ALIAS, name: 'Restart' };
    await ask(world, '/v2/alerts/{identifier}/actions/{name}', { type: 'alias', params });
    expect(world.sent).toEqual([]);
    expect(world.asides.flatMap(({ remarks }) => remarks.map(({ text }) => text))).toEqual([
      'Looking',
      'New priority: P1',
      'Tags removed: a, b',
      'Action asked for: Restart',
    ]);
  });
});

describe('the status of a request', () => {
  it('is not found until it is done, then tells of the alert', async () => {
    const world = new World();
    const { reply } = await world.postTo('/v2/alerts', create, { headers });
    const id = requestIn(reply.body);
    expect((await status(world, id)).reply.status).toBe(404);
    const { fingerprint } = detected(world);
    const done = await status(world, id);
    expect([done.reply.status, done.reply.body]).toMatchObject([
      200,
      {
        data: {
          ...{ success: true, isSuccess: true, action: 'Create', status: 'Created alert' },
          ...{ alertId: fingerprint, alias: ALIAS, processedAt: new Date(receivedAt).toISOString() },
        },
        requestId: 'req-1',
      },
    ]);
  });

  it('of an action on no alert tells so: at once when its end was kept, else after a minute', async () => {
    const world = new World();
    const closed = requestIn((await acting(world, 'close', { identifier: 'never seen' })).reply.body);
    detected(world);
    const none = { data: { isSuccess: false, status: 'Alert does not exist', alertId: '' } };
    expect((await status(world, closed)).reply).toMatchObject({ status: 200, body: none });
    const noted = requestIn(
      (await acting(world, 'notes', { identifier: 'also not', body: '{"note":"x"}' })).reply.body,
    );
    world.now += 30 * SECOND;
    expect((await status(world, noted)).reply.status).toBe(404);
    world.now += MINUTE;
    expect((await status(world, noted)).reply).toMatchObject({ status: 200, body: none });
  });

  it('under an id that none of ours has is not found', async () => {
    expect((await status(new World(), '43a29c5c-3dbf-4fa4-9c26-f4f71023e120')).reply.status).toBe(404);
  });
});

describe('an alert', () => {
  it('is shown in the form of Opsgenie', async () => {
    const world = new World();
    await world.postTo('/v2/alerts', create, { headers });
    const { fingerprint } = detected(world);
    const { reply } = await ask(world, '/v2/alerts/{identifier}', {
      method: 'GET',
      type: 'alias',
      params: { identifier: ALIAS },
    });
    expect([reply.status, reply.body]).toMatchObject([
      200,
      {
        data: {
          ...{ id: fingerprint, alias: ALIAS, message: 'Checkout answers slowly in Lisbon', priority: 'P1' },
          ...{ status: 'open', acknowledged: false, count: 1, tags: ['lisbon', 'checkout'] },
          ...{ entity: 'Checkout Gateway', details: { region: 'pt-1' } },
          integration: { id: doorOf('opsgenie-api').id, type: 'API' },
        },
      },
    ]);
  });

  it('that there is not, or that is of another integration, is not found', async () => {
    const world = new World();
    await world.postTo('/v2/alerts', create, { headers });
    const head = detected(world);
    const get = (identifier: string) =>
      ask(world, '/v2/alerts/{identifier}', { method: 'GET', params: { identifier } });
    world.heads.set(head.fingerprint, { ...head, integration: doorOf('generic').id });
    expect((await get(head.fingerprint)).reply.status).toBe(404);
    expect((await get('nothing')).reply.body).toMatchObject({ message: 'Alert does not exist.' });
  });
});
