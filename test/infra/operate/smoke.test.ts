import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { apiClient } from '../../../infra/demo/api-client.ts';
import { reachApi } from '../../../infra/operate/reach-api.ts';
import { smoke } from '../../../infra/operate/smoke.ts';

type Answers = Readonly<Record<string, unknown>>;

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A system that gives these answers by method and path (without the query), each as JSON; others are not found. */
async function system(answers: (address: string) => Answers) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = `${request.method} ${request.url?.split('?')[0]}`;
    asked.push(name);
    const answer = answers(address)[name];
    const status = answer === undefined ? 404 : 200;
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close().closeAllConnections());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, asked };
}

const door = (address: string) => ({
  'POST /api/integrations': { id: 'int_1', url: `${address}/webhooks/generic/key` },
  'DELETE /api/integrations/int_1': {},
});
const accepted = { 'POST /webhooks/generic/key': {} };
const opened = {
  'GET /api/incidents': { items: [{ id: 'inc_1', name: 'INC-1', title: 'Smoke test' }] },
  'PATCH /api/incidents/inc_1': {},
};
const pages = (...items: readonly object[]) => ({ 'GET /api/incidents/inc_1/pages': { items } });

async function trying(answers: Answers) {
  const { address, asked } = await system((at) => ({ ...door(at), ...answers }));
  const told: string[] = [];
  const api = { address, call: apiClient(address, 'token') };
  const result = await smoke(api, { tell: (line) => told.push(line), patience: 20 }).catch(String);
  return { result, told, asked };
}

describe('the smoke test', () => {
  test('ends with three times when the page was sent, and leaves nothing behind', async () => {
    const { result, asked } = await trying({
      ...accepted,
      ...opened,
      ...pages({ person: 'ada', state: 'sent' }),
    });
    expect(result).toEqual({
      accepted: expect.any(Number),
      incident: expect.any(Number),
      page: expect.any(Number),
    });
    expect(asked.slice(-2)).toEqual(['PATCH /api/incidents/inc_1', 'DELETE /api/integrations/int_1']);
  });

  test('that is not accepted says so, and still removes its door', async () => {
    const { result, asked } = await trying({});
    expect(result).toBe('Error: The alert was not accepted: 404 {}');
    expect(asked.at(-1)).toBe('DELETE /api/integrations/int_1');
  });

  test('whose alert becomes no incident says that it came so far, and where to look', async () => {
    const { result, told } = await trying({ ...accepted, 'GET /api/incidents': { items: [] } });
    expect(told.at(-2)).toMatch(/^2\. The alert was accepted/);
    expect(result).toMatch(
      /^Error: Not within 0.02 s: the alert was accepted, but became no incident\..*Detect/,
    );
  });

  test('[M6] whose page is refused fails with the reason, never as a success', async () => {
    const refused = { person: 'ada', state: 'refused', reason: 'an address is not verified' };
    const { result, asked } = await trying({ ...accepted, ...opened, ...pages(refused) });
    expect(result).toContain('INC-1 is there, but no page was sent.');
    expect(result).toContain('ada: refused (an address is not verified)');
    expect(asked).toContain('PATCH /api/incidents/inc_1');
  });

  test('for whom nobody can be paged says that', async () => {
    const { result } = await trying({ ...accepted, ...opened, ...pages() });
    expect(result).toContain('nobody can be paged');
  });

  test('that cannot tidy up says what it left, and does not hide what failed', async () => {
    const { result, told } = await trying({
      ...accepted,
      'GET /api/incidents': opened['GET /api/incidents'],
      ...pages(),
    });
    expect(result).toContain('no page was sent');
    expect(told).toContainEqual(
      expect.stringMatching(/^This was left behind: PATCH \/api\/incidents\/inc_1 answered 404/),
    );
  });
});

describe('the system that a command is to use', () => {
  const tell = () => undefined;

  test('is found by the address of its console, whose settings name the API', async () => {
    const { address } = await system((at) => ({
      'GET /config.json': { api: `${at}/live`, signIn: { issuer: `${at}/issuer`, clientId: 'c' } },
    }));
    const api = await reachApi({ url: `${address}/`, key: 'imk_1', tell });
    expect(api.address).toBe(`${address}/live`);
  });

  test('of an older release cannot sign commands in, and says what to do', async () => {
    const { address } = await system((at) => ({
      'GET /config.json': { api: `${at}/live`, signIn: { issuer: `${at}/issuer`, clientId: 'c' } },
    }));
    await expect(reachApi({ url: address, tell })).rejects.toThrow('is the console of an older release');
  });

  test('is the API itself with a key, and without one is refused with what to give', async () => {
    const { address } = await system(() => ({}));
    expect((await reachApi({ url: address, key: 'imk_1', tell })).address).toBe(address);
    await expect(reachApi({ url: address, tell })).rejects.toThrow('is not the address of a console');
  });

  test.each([
    [{ url: 'incidents' }, 'Got the url "incidents"; allowed is an address that begins with https://'],
    [{ url: 'http://127.0.0.1:9' }, 'Nothing answers at http://127.0.0.1:9'],
    [{ data: '/nowhere' }, 'Nothing was ever started on /nowhere. Start it first: npm start'],
  ])('is refused in words when it is none: %o', async (options, words) => {
    await expect(reachApi({ ...options, tell })).rejects.toThrow(words);
  });
});
