import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engines, Running } from '../resource.ts';

/** A call of a function to an engine. */
export interface EngineCall {
  readonly service: keyof Engines;
  /** `PutItem`, `SendMessage`, `SendEmail` …; for S3 the method and path, as in `PUT /bucket/key`. */
  readonly operation: string;
  /** Logical id of the function that calls. */
  readonly function: string;
  readonly body: string;
}

/**
 * What befalls a call: it is throttled, answered with an error, never answered, done without the answer arriving, or
 * the environment that made it dies before or after it is done.
 */
export type Fault =
  | { readonly kind: 'throttle' }
  | { readonly kind: 'error'; readonly status: number; readonly code: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'crash-before' }
  | { readonly kind: 'crash-after' };

/** Decides what befalls a call; nothing when it gives undefined. */
export type Faults = (call: EngineCall) => Fault | undefined;

/** How an engine answered a call. */
export interface EngineAnswer {
  /** The status of HTTP. */
  readonly status: number;
  /** Milliseconds from the call's arrival at the proxy to the answer of the engine. */
  readonly took: number;
}

/** Hears of each call that an engine has answered, before the function does. */
export type Observe = (call: EngineCall, answer: EngineAnswer) => void;

/** What stands between functions and engines; a proxy is there only when one of the two is given. */
export interface Between {
  /** What befalls the calls of functions to the engines; for tests. */
  readonly faults?: Faults;
  /** Hears of the calls of functions to the engines; for tests and benches. */
  readonly observe?: Observe;
}

const throttled = { status: 400, code: 'ThrottlingException' };

/** Puts a proxy before an engine, which lets faults befall the calls of functions, or observes them, and of nobody else. */
export async function startFaultProxy(
  service: keyof Engines,
  engine: string,
  { faults, observe }: Between,
  crash: (function_: string) => void,
): Promise<Running & { readonly address: string }> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, response) => {
    void serve(incoming, response).catch(() => response.destroy());
  });
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const begun = performance.now();
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const caller = /Credential=local-([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1];
    const operation = operationOf(incoming, body);
    const call =
      caller === undefined ? undefined : { service, operation, function: caller, body: body.toString() };
    const fault = call && faults?.(call);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'crash-before') return crash(caller ?? '');
    if (fault?.kind === 'throttle' || fault?.kind === 'error') {
      return refuse(response, fault.kind === 'throttle' ? throttled : fault);
    }
    const answer = await forward(engine, agent, incoming, body);
    if (call) observe?.(call, { status: answer.statusCode ?? 502, took: performance.now() - begun });
    if (fault?.kind === 'crash-after') return crash(caller ?? '');
    if (fault?.kind === 'lose-answer') return void response.destroy();
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  };
  server.listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

function operationOf({ headers, method, url }: IncomingMessage, body: Buffer): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1);
  return new URLSearchParams(body.toString()).get('Action') ?? `${method} ${url?.split('?')[0]}`;
}

function refuse(response: ServerResponse, { status, code }: { status: number; code: string }): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code });
  response.end(JSON.stringify({ __type: code, message: `${code} by a test` }));
}

async function forward(
  engine: string,
  agent: Agent,
  { url, method = 'GET', headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  const call = request(new URL(url ?? '/', engine), { method, headers, agent });
  call.end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  return answer;
}
