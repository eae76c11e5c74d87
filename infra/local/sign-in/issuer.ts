import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { errors } from 'oidc-provider';
import { readBody } from '../gateway/body.ts';
import { listen } from '../gateway/listen.ts';
import { targetOf } from '../gateway/request-values.ts';
import { isEmail, subjectOf } from './account.ts';
import { configuration, cookieNames } from './configuration.ts';
import { errorPage, loginPage } from './pages.ts';
import { clientsPath, type IssuerOptions } from './pool.ts';

interface Issuer {
  readonly options: IssuerOptions;
  readonly provider: Provider;
  /** Addresses by subject. */
  readonly emails: Map<string, string>;
}

/** A running issuer; `ready` is its port. */
export interface RunningIssuer {
  readonly ready: number;
  stop(): Promise<void>;
}

/** Runs an OpenID Connect issuer with the addresses, paths and claims of a Cognito user pool. */
export async function serve(options: unknown): Promise<RunningIssuer> {
  const given = options as IssuerOptions;
  const emails = new Map<string, string>();
  let handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async () => {};
  const listening = await listen(given.port, (request, response) => handle(request, response), {
    log: console.error,
  });
  const provider = new Provider(`http://127.0.0.1:${listening.port}`, configuration(given, emails));
  const issuer = { options: given, provider, emails };
  const callback = provider.callback();
  handle = async (request, response) => {
    if (!(await answerHere(issuer, request, response))) await callback(request, response);
  };
  return { ready: listening.port, stop: () => listening.stop() };
}

/** Login, logout and the list of clients; `false` leaves the request to the OpenID Connect library. */
async function answerHere(
  issuer: Issuer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { path, query } = targetOf(request);
  if (path.startsWith('/login/')) await login(issuer, request, response);
  else if (path === '/logout') logout(issuer, query, response);
  else if (path === clientsPath) {
    const clients = issuer.options.clients.map(({ id, callbacks }) => ({
      clientId: id,
      redirectUri: callbacks[0],
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(clients));
  } else return false;
  return true;
}

async function login(issuer: Issuer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { provider, options, emails } = issuer;
  try {
    const { uid, params } = await provider.interactionDetails(request, response);
    const page = { action: `/login/${uid}`, suggestions: options.users };
    if (request.method !== 'POST')
      return show(response, 200, loginPage({ ...page, email: String(params.login_hint ?? '') }));
    const body = await readBody(request, 10_000);
    const email = (new URLSearchParams(body?.toString()).get('email') ?? '').trim().toLowerCase();
    if (!isEmail(email))
      return show(
        response,
        400,
        loginPage({ ...page, email, fault: 'Please enter an e-mail address, such as sam@example.com.' }),
      );
    const accountId = subjectOf(email);
    emails.set(accountId, email);
    await provider.interactionFinished(request, response, { login: { accountId } });
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    show(
      response,
      400,
      errorPage(error.error, 'This sign-in has ended. Please start again from the application.'),
    );
  }
}

function show(response: ServerResponse, status: number, html: string): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  };
  response.writeHead(status, headers).end(html);
}

/** Ends the session as Cognito's logout endpoint does, and goes back to an address that a client declares. */
function logout({ options }: Issuer, query: URLSearchParams, response: ServerResponse): void {
  const target = query.get('logout_uri') ?? query.get('post_logout_redirect_uri') ?? '';
  if (!options.clients.some(({ logouts }) => logouts.includes(target))) {
    show(response, 400, errorPage('invalid_request', 'this logout address is not one of the client'));
    return;
  }
  const ended = [cookieNames.session, `${cookieNames.session}.sig`].map(
    (name) => `${name}=; path=/; max-age=0; httponly`,
  );
  const state = query.get('state');
  const location = new URL(target);
  if (state !== null) location.searchParams.set('state', state);
  response.writeHead(302, { location: location.href, 'set-cookie': ended }).end();
}
