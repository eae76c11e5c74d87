import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oddFunctions } from '../../../support/sample-stack/odd-function.ts';

const { functions, define } = oddFunctions();
define('Forgetful', { concurrency: 1 });
define('Careful');
const requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? '');
  response.end();
});
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await functions.stop();
  server.close();
});

test('after its answer an environment stands still: what it forgot to await goes on only with the next event', async () => {
  const forgotten = await functions.invoke('Forgetful', { do: 'forget', url: `${url}/forgotten` });
  expect(forgotten).toEqual({ ok: true, payload: 'answered' });
  // Another function, which starts later, gets its answers; the forgotten calls would have come before them.
  await functions.invoke('Careful', { do: 'fetch', url: `${url}/awaited`, times: 20 });
  expect(new Set(requests)).toEqual(new Set(['/awaited']));
  await functions.invoke('Forgetful', { do: 'fetch', url: `${url}/next`, times: 20 });
  expect(requests.filter((path) => path === '/forgotten')).toHaveLength(2);
});

test('a frozen environment can be stopped', async () => {
  const other = oddFunctions();
  other.define('Odd');
  await other.functions.invoke('Odd', {});
  await other.functions.stop();
  expect(other.functions.environments).toBe(0);
});
