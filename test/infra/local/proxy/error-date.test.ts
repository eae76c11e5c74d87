import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EngineConnections } from '../../../../infra/local/proxy/wire/engine-connections.ts';
import { Head } from '../../../../infra/local/proxy/wire/head.ts';

/** An engine that answers with the status that its path names. */
const engine = createServer((request, response) => {
  response.writeHead(Number(request.url?.slice(1)), { 'content-length': 4 }).end('said');
});
let connections: EngineConnections;
beforeAll(async () => {
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
  connections = new EngineConnections(`http://127.0.0.1:${(engine.address() as AddressInfo).port}`);
});
afterAll(() => {
  connections.stop();
  engine.close();
});

const ask = (status: number) =>
  connections.call(new Head(`POST /${status} HTTP/1.1\r\nHost: x\r\n\r\n`), Buffer.alloc(0), undefined);

it('an error carries no date: by a clock that was moved a client would take it for its own fault, and try again for seconds', async () => {
  const refused = await ask(400);
  expect(refused).toMatchObject({ status: 400, body: Buffer.from('said') });
  expect([refused.headers.date, refused.raw]).toEqual([undefined, undefined]);
});

it('an answer that is none goes on as it came', async () => {
  const { headers, raw } = await ask(200);
  expect(headers.date).toBeDefined();
  expect(raw?.toString()).toContain('said');
});
