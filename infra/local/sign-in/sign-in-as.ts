import { createHash, randomBytes } from 'node:crypto';
import { clientsPath, longLived } from './pool.ts';

/** An application at the issuer, with one of its callback addresses. */
export interface ClientAddress {
  readonly clientId: string;
  readonly redirectUri: string;
}

/**
 * Signs a person in at the local issuer without a browser, through the same steps: code flow with PKCE, login page.
 * The token lives for 30 days, since scripts keep the one that they have.
 *
 * @param issuer address of the local issuer, such as `http://127.0.0.1:4003`
 * @param email any e-mail address
 * @param client the application to sign in to; the first one of the issuer when absent
 */
export async function signInAs(
  issuer: string,
  email: string,
  client?: ClientAddress,
): Promise<{ idToken: string }> {
  const { clientId, redirectUri } = client ?? (await firstClient(issuer));
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const code = await codeFor(`${issuer}/oauth2/authorize?${query}`, email, redirectUri);
  const response = await fetch(`${issuer}/oauth2/token`, {
    method: 'POST',
    headers: { [longLived]: 'yes' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    }),
  });
  const answer = (await response.json()) as { id_token?: string; error_description?: string };
  if (answer.id_token === undefined)
    throw new Error(`signing in as ${email}: ${response.status} ${answer.error_description}`);
  return { idToken: answer.id_token };
}

async function firstClient(issuer: string): Promise<ClientAddress> {
  const [client] = (await (await fetch(`${issuer}${clientsPath}`)).json()) as ClientAddress[];
  if (!client) throw new Error(`${issuer} has no clients to sign in to`);
  return client;
}

/** Follows the redirects by hand, with cookies, until the one to the application carries the code. */
async function codeFor(start: string, email: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let step = 0; step < 10; step++) {
    const isLogin = new URL(url).pathname.startsWith('/login/');
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const body = isLogin ? { method: 'POST', body: new URLSearchParams({ email }) } : {};
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...body });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null)
      throw new Error(`signing in as ${email}: ${response.status} ${(await response.text()).slice(0, 200)}`);
    await response.arrayBuffer();
    url = new URL(location, url).href;
    if (url.startsWith(redirectUri)) return codeIn(url, email);
  }
  throw new Error(`signing in as ${email}: too many redirects`);
}

function codeIn(url: string, email: string): string {
  const { searchParams } = new URL(url);
  const code = searchParams.get('code');
  if (code === null)
    throw new Error(
      `signing in as ${email}: ${searchParams.get('error')} ${searchParams.get('error_description')}`,
    );
  return code;
}
