import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { signInPort } from '../constructs/loopback.ts';

export interface BrowserSignIn {
  readonly issuer: string;
  readonly clientId: string;
  tell(line: string): void;
  /** @default the one that the stack's client knows */
  readonly port?: number;
  /** How long somebody may take, in milliseconds. @default five minutes */
  readonly patience?: number;
}

const Discovery = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });
const Tokens = z.object({ id_token: z.string().min(1) });

/**
 * Signs a person in by their own browser, which comes back to this machine with a code (RFC 8252): password and second factor are
 * seen by the sign-in pages alone. Gives the ID token, which is good for an hour and kept nowhere.
 */
export async function signInByBrowser(options: BrowserSignIn): Promise<string> {
  const { issuer, clientId, tell, port = signInPort, patience = 300_000 } = options;
  const endpoints = Discovery.parse(await json(`${issuer}/.well-known/openid-configuration`));
  const [verifier, state] = [secret(), secret()];
  const back = await listen(port, state);
  try {
    const redirectUri = `http://localhost:${back.port}/`;
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid email profile',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    tell(
      `Open this address in a browser on this machine and sign in, within ${patience / 60_000} minutes (from another machine, ${orByKey}):\n\n  ${endpoints.authorization_endpoint}?${query}\n`,
    );
    const code = await back.code(patience);
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    });
    return Tokens.parse(await json(endpoints.token_endpoint, { method: 'POST', body })).id_token;
  } finally {
    back.close();
  }
}

/** What works without a browser. */
const orByKey = 'give a machine key by --key';

/** Why there is no code, as the sign-in says it. */
function refusal(query: URLSearchParams): string {
  const [error, words] = [query.get('error') ?? 'no code came', query.get('error_description')];
  return words === null ? error : `${error}: ${words}`;
}

const secret = (): string => randomBytes(32).toString('base64url');

async function json(url: string, init: RequestInit = {}): Promise<unknown> {
  const { host, pathname } = new URL(url);
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) }).catch(
    (fault: unknown) => {
      throw new Error(`The sign-in at ${host} does not answer. Check that you are online, and try again.`, {
        cause: fault,
      });
    },
  );
  if (!answer.ok) {
    throw new Error(
      `The sign-in at ${host} answers ${answer.status} at ${pathname}. Try again, or ${orByKey}.`,
    );
  }
  return answer.json();
}

/** Waits on this machine alone for the browser to come back with the code of our own request. */
async function listen(port: number, state: string) {
  const came = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    if (query.get('state') !== state) return say(response, 404, 'This is not the sign-in that was begun.');
    const code = query.get('code');
    say(response, 200, `You are ${code ? '' : 'not '}signed in. Go back to the terminal.`);
    if (code) came.resolve(code);
    else came.reject(new Error(`The sign-in was refused (${refusal(query)}). Try again, or ${orByKey}.`));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((fault: unknown) => {
    throw new Error(
      `Port ${port} of this machine is taken, so the browser cannot come back. Maybe another command waits for its sign-in: end it. Or ${orByKey}.`,
      { cause: fault },
    );
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async code(patience: number): Promise<string> {
      const late = `Nobody signed in within ${patience / 1_000} seconds. Run the command again, or ${orByKey}.`;
      const timer = setTimeout(() => came.reject(new Error(late)), patience);
      return came.promise.finally(() => clearTimeout(timer));
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(text);
}
