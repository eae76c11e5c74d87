import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Functions, InvocationResult, Running } from '../resource.ts';

/** The Invoke operation of Lambda's API, for commands that call a function as they would in an account. */
export interface InvokeApi extends Running {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
}

const path = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Starts it on a free port over the functions of a local system. */
export async function startInvokeApi(functions: Functions): Promise<InvokeApi> {
  const server = createServer((request, response) => {
    void answer(request, functions)
      .catch((error: unknown) => notFound(String(error)))
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
  server.listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(request: IncomingMessage, functions: Functions) {
  const [, name] = path.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || name === undefined)
    return notFound('The local runner has only the operation Invoke of Lambda');
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  const event: unknown = text === '' ? {} : JSON.parse(text);
  return told(await functions.invoke(decodeURIComponent(name), event));
}

/** A function that failed is an answer of success with a header of its own, as in AWS. */
function told(result: InvocationResult) {
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (result.ok) return { status: 200, headers, body: JSON.stringify(result.payload ?? null) };
  const { ok: _, ...failure } = result;
  const failed = { ...headers, 'x-amz-function-error': 'Unhandled' };
  return { status: 200, headers: failed, body: JSON.stringify(failure) };
}

function notFound(message: string) {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'ResourceNotFoundException' };
  return { status: 404, headers, body: JSON.stringify({ Type: 'User', Message: message }) };
}
