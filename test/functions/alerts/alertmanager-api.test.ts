import { describe, expect, it } from 'vitest';
import { routes } from '../../../shared/wiring/index.ts';
import { fixtureText, receivedAt } from '../../support/alert-fixture.ts';
import { secrets, World } from './world.ts';

const key = secrets['alertmanager-api'];
const PATH = '/api/v2/alerts';
const PREFIX = '/webhooks/alertmanager-api/{key}';
const bearer = (token: string) => ({ 'content-type': 'application/json', Authorization: `Bearer ${token}` });
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const firing = fixtureText('alertmanager-api/firing');

describe('alerts in the form of Alertmanager, version 2', () => {
  it('are taken with the key as a token, as a password and in the path, and answered with 200 and nothing else', async () => {
    const world = new World();
    const answers = [
      await world.postTo(PATH, firing, { headers: bearer(key) }),
      await world.postTo(PATH, firing, { headers: basic(`prometheus:${key}`) }),
      await world.postTo(`${PREFIX}${PATH}`, firing, { params: { key } }),
      await world.post('alertmanager-api', firing),
    ];
    expect(answers.map(({ reply }) => [reply.status, reply.body])).toEqual(Array(4).fill([200, undefined]));
    expect(world.sent.map(({ signals }) => signals[0]?.until)).toEqual(
      Array(4).fill(Date.parse('2026-11-20T09:03:12.500Z')),
    );
    expect(JSON.stringify(world.sent)).not.toContain(key);
  });

  it('of which some are invalid are stored as far as they are not, and answered with 400 and a text in JSON', async () => {
    const world = new World();
    const { reply } = await world.postTo(PATH, fixtureText('alertmanager-api/odd-some-invalid'), {
      headers: bearer(key),
    });
    expect([reply.status, reply.headers['content-type']]).toEqual([400, 'application/json']);
    expect(JSON.parse(String(reply.body))).toContain('at least one label pair required');
    expect(world.sent[0]?.signals.map(({ title }) => title)).toEqual(['Fine']);
  });

  it('[F1] without a key or with a wrong one are refused, and nothing is stored', async () => {
    const world = new World();
    const headers = [
      {},
      bearer('canary0unknown000000000000000000'),
      bearer(secrets.alertmanager),
      basic('no-colon'),
      { authorization: 'Digest x' },
    ];
    const statuses = [];
    for (const each of headers) {
      const { reply } = await world.postTo(PATH, firing, { headers: each });
      statuses.push(reply.status);
      expect(typeof JSON.parse(String(reply.body))).toBe('string');
      expect(JSON.stringify(reply)).not.toContain('canary');
    }
    expect(statuses).toEqual([401, 403, 403, 403, 401]);
    expect(world.sent).toEqual([]);
  });

  it('that cannot be stored are answered with 503 and when to come again', async () => {
    const world = new World();
    world.queueFails = true;
    world.parkFails = true;
    const { reply } = await world.postTo(PATH, firing, { headers: bearer(key) });
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '5']);
  });

  it('that are no JSON are refused with the place', async () => {
    const { reply } = await new World().postTo(PATH, '[{]', { headers: bearer(key) });
    expect([reply.status, JSON.parse(String(reply.body))]).toEqual([
      400,
      expect.stringContaining('column 3'),
    ]);
  });
});

describe('what is asked before posting', () => {
  const ask = (path: string, params = {}) => new World().postTo(path, '', { method: 'GET', params });

  it('whether it is alive and ready, is answered in a word', async () => {
    for (const prefix of ['', PREFIX]) {
      expect((await ask(`${prefix}/-/healthy`)).reply).toMatchObject({ status: 200, body: 'OK' });
      expect((await ask(`${prefix}/-/ready`)).reply).toMatchObject({ status: 200, body: 'Ready' });
    }
  });

  it('the status, is answered in the form of Alertmanager', async () => {
    const { reply } = await ask('/api/v2/status');
    expect(reply).toMatchObject({
      status: 200,
      body: {
        cluster: { status: 'disabled' },
        config: { original: '' },
        uptime: new Date(receivedAt).toISOString(),
        versionInfo: { version: expect.any(String), goVersion: expect.any(String) },
      },
    });
  });

  it('[F1] the status under an address, tells whether its key is right', async () => {
    const path = `${PREFIX}/api/v2/status`;
    expect((await ask(path, { key })).reply.status).toBe(200);
    expect((await ask(path, { key: 'canary0unknown000000000000000000' })).reply.status).toBe(403);
  });
});

describe('what scripts and load balancers ask', () => {
  it('is answered by HEAD as by GET, with and without a key in the path', async () => {
    const world = new World();
    for (const path of ['/-/healthy', '/-/ready', '/api/v2/status'])
      for (const [prefix, params] of [['', {}] as const, [PREFIX, { key }] as const])
        for (const method of ['GET', 'HEAD']) {
          const { reply } = await world.postTo(`${prefix}${path}`, '', { method, params });
          expect(reply.status, `${method} ${prefix}${path}`).toBe(200);
          expect(routes.some((route) => route.method === method && route.path === `${prefix}${path}`)).toBe(
            true,
          );
        }
  });
});
