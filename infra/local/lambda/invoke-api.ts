import { createServer, type IncomingMessage } from 'node:http';
import { serve } from '../engines/serve.ts';
import { plainNeed } from '../iam/need.ts';
import { type Answer, textAnswer } from '../proxy/answer.ts';
import { errorAnswer } from '../proxy/error-answer.ts';
import type { InvocationResult, Running, World } from '../resource.ts';

/** The Invoke operation of Lambda's API, for commands and functions that call a function as they would in an account. */
export interface InvokeApi extends Running {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
}

/** What it invokes, and what asks for the permission. */
export type Invoked = Pick<World, 'functions' | 'pass' | 'account'>;

const path = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Starts it on a free port over the functions of a local system. */
export async function startInvokeApi(world: () => Invoked | undefined): Promise<InvokeApi> {
  const server = createServer((request, response) => {
    void answer(request, world())
      .catch((error: unknown) => notFound(String(error)))
      .then((ending) =>
        typeof ending === 'string'
          ? response.destroy()
          : response.writeHead(ending.status, { ...ending.headers }).end(ending.body),
      );
  });
  return serve(server);
}

async function answer(request: IncomingMessage, world: Invoked | undefined) {
  if (world === undefined) return notFound('The local runner has not started its functions yet');
  const { functions, pass, account } = world;
  const [, encoded] = path.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || encoded === undefined)
    return notFound('The local runner has only the operation Invoke of Lambda');
  const name = decodeURIComponent(encoded);
  const arn = name.startsWith('arn:')
    ? name
    : `arn:aws:lambda:${account.region}:${account.id}:function:${name}`;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return pass({
    service: 'lambda',
    operation: 'Invoke',
    authorization: request.headers.authorization,
    asked: Buffer.concat(parts),
    needs: () => [plainNeed('lambda:InvokeFunction', arn)],
    async doing(body) {
      const event: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
      return told(await functions.invoke(name, event));
    },
  });
}

/** A function that failed is an answer of success with a header of its own, as in AWS. */
function told(result: InvocationResult): Answer {
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (result.ok) return textAnswer(200, JSON.stringify(result.payload ?? null), headers);
  const { ok: _, ...failure } = result;
  return textAnswer(200, JSON.stringify(failure), { ...headers, 'x-amz-function-error': 'Unhandled' });
}

const notFound = (message: string): Answer =>
  errorAnswer('lambda', { status: 404, code: 'ResourceNotFoundException', message });
