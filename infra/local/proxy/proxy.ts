import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Need } from '../iam/need.ts';
import type { Engines, Running } from '../resource.ts';
import { bytesOf } from './answer.ts';
import type { Ending } from './befall.ts';
import type { EngineCall } from './call.ts';
import type { Passage } from './passage.ts';
import { EngineConnections } from './wire/engine-connections.ts';
import type { Head } from './wire/head.ts';
import { type Message, MessageReader } from './wire/reader.ts';
import { operationOf } from './wire/request.ts';

/** A proxy before one engine. */
export interface EngineProxy extends Running {
  /** http://127.0.0.1:port */
  readonly address: string;
}

/** What a proxy needs to know. */
export interface ProxyOptions {
  readonly service: keyof Engines;
  /** http://127.0.0.1:port of the engine. */
  readonly engine: string;
  readonly passage: Passage;
  needs(call: EngineCall): readonly Need[];
}

/**
 * Puts a proxy before an engine. Every call passes the passage. It stands in every call's way, so it reads of HTTP only what
 * it must and hands on the very bytes: a server and a client of Node's own take twice the time.
 */
export async function startProxy(options: ProxyOptions): Promise<EngineProxy> {
  const engine = new EngineConnections(options.engine);
  const clients = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    serve(client, (message) => ask(message, options, engine));
  });
  server.listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      for (const client of clients) client.destroy();
      engine.stop();
    },
  };
}

/** Answers the requests of one connection, one after another. */
function serve(client: Socket, answer: (message: Message) => Promise<Ending>): void {
  let last: Promise<unknown> = Promise.resolve();
  const reader = new MessageReader({
    head: (head) => {
      if (head.get('expect')?.toLowerCase() === '100-continue') client.write('HTTP/1.1 100 Continue\r\n\r\n');
    },
    message: (message) => {
      last = last
        .then(() => answer(message))
        .then((ending) => {
          if (ending === 'broken') client.destroy();
          else if (typeof ending !== 'string' && client.writable) client.write(bytesOf(ending));
        })
        .catch(() => client.destroy());
    },
  });
  client.on('data', (piece) => reader.push(piece));
  client.on('error', () => client.destroy());
}

async function ask(
  { head, body, raw }: Message,
  { service, passage, needs }: ProxyOptions,
  engine: EngineConnections,
): Promise<Ending> {
  const plain = head.get('expect') === undefined ? raw : undefined;
  const doing = (asked: Buffer) =>
    asked === body && plain !== undefined
      ? engine.call(head, body, plain)
      : engine.call(withLength(head, asked), asked, undefined);
  const operation = operationOf({ head, body, raw });
  const authorization = head.get('authorization');
  const ending = await passage.pass({ service, operation, authorization, asked: body, needs, doing });
  // An answer to HEAD says how long a body would be, and has none.
  const bare = head.text.startsWith('HEAD ') && typeof ending !== 'string' && ending.raw === undefined;
  return bare ? { ...ending, body: Buffer.alloc(0) } : ending;
}

const withLength = (head: Head, body: Buffer): Head =>
  head.changed(['content-length', 'transfer-encoding', 'expect'], { 'Content-Length': String(body.length) });
