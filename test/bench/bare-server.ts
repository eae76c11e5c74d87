import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { now } from './clock.ts';
import type { Mark } from './contender.ts';
import { serve } from './serve.ts';

// The least that could be asked: parse, know again by a Map, append and fdatasync, answer, post on what is new.
const [, , data = ''] = process.argv;
const sink = new Worker(new URL('./bare-sink.ts', import.meta.url));
const [sinkPort] = (await once(sink, 'message')) as [number];
const agent = new Agent({ keepAlive: true });
const file = await open(join(data, 'alerts.ndjson'), 'a');
const known = new Map<string, number>();
const pending = new Set<Promise<void>>();
let marks: Mark[] = [];
let accepted = 0;
let mails = 0;

interface Body {
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

async function take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const { alerts } = JSON.parse(Buffer.concat(parts).toString()) as Body;
  const news = alerts.filter(({ labels }) => isNew(JSON.stringify(labels)));
  await file.appendFile(`${alerts.map((alert) => JSON.stringify(alert)).join('\n')}\n`);
  await file.datasync();
  const at = now();
  accepted += alerts.length;
  response.writeHead(202).end();
  await Promise.all(
    news.map(async ({ labels }) => {
      const token = labels.service ?? '';
      marks.push({ token, what: 'stored', at });
      await postOn(JSON.stringify(labels));
      mails += 1;
      marks.push({ token, what: 'mailed', at: now() });
    }),
  );
}

function isNew(fingerprint: string): boolean {
  const count = known.get(fingerprint) ?? 0;
  known.set(fingerprint, count + 1);
  return count === 0;
}

async function postOn(body: string): Promise<void> {
  const call = request({ port: sinkPort, host: '127.0.0.1', method: 'POST', agent });
  call.end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  await once(answer.resume(), 'end');
}

const server = createServer((incoming, response) => {
  const work = take(incoming, response).finally(() => pending.delete(work));
  pending.add(work);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

serve({
  data,
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  async settle() {
    while (pending.size > 0) await Promise.all(pending);
    const settled = { at: now(), marks, calls: [] };
    marks = [];
    return settled;
  },
  count: async () => ({ accepted, incidents: known.size, mails }),
  async stop() {
    server.close();
    await file.close();
    await sink.terminate();
  },
});
