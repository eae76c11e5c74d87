import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
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

/** What becomes of a step that asks for this address. */
async function asked(url: string, expect: Expectation = {}, method: 'GET' | 'POST' = 'GET') {
  const [one] = runbookOf([step('look', `http:${method}|/`, { expect })]).steps;
  if (one === undefined) throw new Error('There is no step');
  const until = Date.now() + 5_000;
  return performHttp({ method, url }, { step: one, planned: planned(one), until });
}

describe('an http: step', () => {
  it('[F48] reads 256 KB of a longer answer, judges them, and says so', async () => {
    const good = await asked(`${origin}/long`, { contains: '"ok"' }, 'POST');
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
