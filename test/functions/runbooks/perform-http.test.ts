import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { performHttp } from '../../../functions/runbooks/perform-http.ts';
import { type Expectation, planned } from '../../../shared/runbooks/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { runbookOf, step } from '../../shared/runbooks/runs.ts';

const MB = 1024 * 1024;
let server: Server;
let origin = '';

beforeAll(async () => {
  server = createServer((asked, answer) => {
    if (asked.url === '/slow') return void drip(answer);
    if (asked.url === '/bomb') return void answer.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    if (asked.url === '/headers') return void answer.writeHead(200, { a: 'x'.repeat(40_000) }).end();
    if (asked.url === '/long') answer.end(`{"status":"ok"}${'x'.repeat(5 * MB)}the end`);
    else if (asked.url === '/away') answer.writeHead(302, { location: 'http://10.0.0.1/' }).end();
    else answer.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env[env.allowedEndpoints] = origin;
});
afterAll(() => void server.close());

/** A byte now and then, without end. */
function drip(answer: ServerResponse): void {
  answer.write('x');
  const timer = setInterval(() => answer.write('x'), 50);
  answer.on('close', () => clearInterval(timer));
}

/** What becomes of a step that asks for this address. */
async function asked(
  url: string,
  expect: Expectation = {},
  { method = 'GET', time = 5_000 }: { method?: 'GET' | 'POST'; time?: number } = {},
) {
  const [one] = runbookOf([step('look', `http:${method}|/`, { expect })]).steps;
  if (one === undefined) throw new Error('There is no step');
  const until = Date.now() + time;
  return performHttp({ method, url }, { step: one, planned: planned(one), until });
}

describe('an http: step', () => {
  it('[F48] reads 256 KB of a longer answer, judges them, and says so', async () => {
    const good = await asked(`${origin}/long`, { contains: '"ok"' }, { method: 'POST' });
    expect(good).toMatchObject({ is: 'succeeded' });
    const output = 'output' in good ? (good.output ?? '') : '';
    expect(output).toMatch(
      /^\(The answer is longer than 256 KB; the rest was not read\.\)\n\{"status":"ok"\}x/,
    );
    expect(output.length).toBeLessThan(257 * 1024);
    expect(await asked(`${origin}/long`, { contains: 'the end' })).toMatchObject({
      ...{ is: 'failed', reason: "the first 256 KB of the answer do not contain 'the end'" },
    });
    expect(await asked(`${origin}/long`, { status: 204 })).toMatchObject({
      reason: 'it answered 200, not 204',
    });
  });

  it('[F48] fails at an answer that drips, is compressed or has endless headers; of a POST nobody knows', async () => {
    const late = { time: 300 };
    expect(await asked(`${origin}/slow`, {}, late)).toEqual({
      ...{ is: 'failed', reason: 'it did not answer in time' },
    });
    expect(await asked(`${origin}/slow`, {}, { ...late, method: 'POST' })).toMatchObject({ is: 'unknown' });
    expect(await asked(`${origin}/bomb`)).toMatchObject({
      ...{ is: 'failed', reason: 'it answered compressed (gzip) without being asked to' },
    });
    expect(await asked(`${origin}/headers`)).toMatchObject({ is: 'failed' });
  });

  it('[F46] fails at a redirect, which it does not follow', async () => {
    expect(await asked(`${origin}/away`)).toMatchObject({
      ...{ is: 'failed', reason: 'it answered 302, not 200 to 299', output: 'HTTP 302' },
    });
  });

  it.each([
    ...['http://127.0.0.1', 'https://localhost', 'https://[::1]', 'https://0.0.0.0', 'https://2130706433'],
    ...['https://0x7f.1', 'https://017700000001', 'https://127.1', 'https://169.254.169.254'],
    ...['https://[::ffff:a9fe:a9fe]', 'https://0xa9fea9fe', 'https://metadata.google.internal'],
    ...['https://100.64.0.1', 'https://[64:ff9b::7f00:1]', 'file:///etc/passwd', 'gopher://example.com'],
    ...['ftp://example.com', 'data:text/plain,x', 'https://user:pass@example.com', 'https://exam\tple.com'],
    ...[
      'https://example。com',
      'https://example.com:22',
      'https://example.com:6379',
      'https://example.com:9001',
    ],
  ])('[F43] [F44] [F47] asks nobody at %j', async (url) => {
    const outcome = await asked(url);
    expect(outcome).toMatchObject({ is: 'failed' });
    expect('reason' in outcome && outcome.reason).toMatch(/^the address is refused/);
  });
});
