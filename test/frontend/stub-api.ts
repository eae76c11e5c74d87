import type { IncomingMessage } from 'node:http';
import { corsHeaders } from '../../functions/edge/cors.ts';
import { listen } from '../../infra/local/gateway/listen.ts';

/** One request that the console made. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Answered {
  readonly status?: number;
  readonly body: unknown;
}

/** How the stub answers; replaced by each test. */
export type Respond = (call: Call) => Answered | undefined;

const unanswered: Respond = () => undefined;

/** The body of a refusal. */
export const refusal = (status: number, code: string, message: string): Answered => ({
  status,
  body: { error: { code, message, requestId: 'req-1' } },
});

/** An API on a port of its own, as another origin that allows only the console, and remembers its calls. */
export async function startStubApi(consoleUrl: () => string) {
  const calls: Call[] = [];
  let respond: Respond = unanswered;
  const { port, stop } = await listen(
    0,
    async (request, response) => {
      const preflight = request.method === 'OPTIONS';
      const headers = corsHeaders(request.headers.origin, consoleUrl(), preflight);
      if (preflight) return void response.writeHead(204, headers).end();
      const call = await callOf(request);
      calls.push(call);
      const missing = refusal(404, 'not_found', `The stub has no answer to ${call.method} ${call.path}`);
      const { status = 200, body } = respond(call) ?? missing;
      response
        .writeHead(status, { ...headers, 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    },
    { log: console.error },
  );
  const use = (next: Respond) => {
    calls.length = 0;
    respond = next;
  };
  return { address: `http://127.0.0.1:${port}/live`, calls, use, beginAnew: () => use(unanswered), stop };
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
  return {
    method: request.method ?? '',
    path: pathname.replace(/^\/live/, ''),
    query: Object.fromEntries(searchParams),
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
