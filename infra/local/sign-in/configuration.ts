import { randomBytes } from 'node:crypto';
import { type ClientMetadata, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { claimsOf } from './account.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { errorPage } from './pages.ts';
import { type IssuerOptions, type Lifetimes, longLived, type SignInClient } from './pool.ts';
import { signingKey } from './signing-key.ts';

/** How long a person stays signed in at the issuer, and tokens of scripts live, in seconds: longer than any demo. */
const demoSeconds = 30 * 24 * 3600;

/** Names of the cookies: 127.0.0.1 shares its cookies between all ports. */
export const cookieNames = {
  session: 'local_sign_in',
  interaction: 'local_sign_in_step',
  resume: 'local_sign_in_resume',
};

const standardScopes = ['openid', 'email', 'profile', 'phone'];

const onlyWhatCognitoDoes = {
  responseTypes: ['code' as const],
  features: {
    devInteractions: { enabled: false },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: false },
    dPoP: { enabled: false },
    resourceIndicators: { enabled: false },
  },
  routes: {
    authorization: '/oauth2/authorize',
    token: '/oauth2/token',
    userinfo: '/oauth2/userInfo',
    revocation: '/oauth2/revoke',
    end_session: '/logout',
    jwks: '/.well-known/jwks.json',
  },
} satisfies Configuration;

function metadata({ id, callbacks, logouts, scopes }: SignInClient): ClientMetadata {
  return {
    client_id: id,
    redirect_uris: [...callbacks],
    post_logout_redirect_uris: [...logouts],
    scope: (scopes.length > 0 ? scopes : standardScopes).join(' '),
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    require_auth_time: true,
  };
}

function ttl(clients: readonly SignInClient[]): Configuration['ttl'] {
  const declared = new Map(clients.map(({ id, lifetimes }) => [id, lifetimes]));
  const of =
    (token: keyof Lifetimes) =>
    (context: KoaContextWithOIDC, _: unknown, client: { readonly clientId: string }) =>
      context.get(longLived) === '' ? (declared.get(client.clientId)?.[token] ?? demoSeconds) : demoSeconds;
  return {
    AccessToken: of('AccessToken'),
    IdToken: of('IdToken'),
    RefreshToken: of('RefreshToken'),
    Session: demoSeconds,
    Grant: demoSeconds,
    AuthorizationCode: 300,
    Interaction: 3600,
  };
}

/** Configures the issuer with Cognito's paths and claims; `emails` knows the address of everyone who signed in. */
export function configuration(
  { clients, keyFile }: IssuerOptions,
  emails: ReadonlyMap<string, string>,
): Configuration {
  return {
    adapter: memoryAdapter(),
    clients: clients.map(metadata),
    scopes: [...new Set([...standardScopes, ...clients.flatMap(({ scopes }) => scopes)])],
    claims: {
      openid: ['sub', 'token_use', 'cognito:username', 'email', 'email_verified'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    findAccount: (_, sub) => {
      const email = emails.get(sub);
      return email === undefined ? undefined : { accountId: sub, claims: () => claimsOf(email) };
    },
    loadExistingGrant: grantAll,
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: false,
    expiresWithSession: () => false,
    jwks: { keys: [signingKey(keyFile)] },
    cookies: { keys: [randomBytes(32).toString('hex')], names: cookieNames },
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    ...onlyWhatCognitoDoes,
    ttl: ttl(clients),
    interactions: { url: (_, { uid }) => `/login/${uid}` },
    renderError: (context, { error, error_description }) => {
      context.type = 'html';
      context.body = errorPage(error, error_description ?? '');
    },
  };
}

/** Nobody is asked for consent: the clients are the product's own. */
async function grantAll({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) throw new errors.AccessDenied('nobody is signed in');
  const known = session.grantIdFor(client.clientId);
  const found = known === undefined ? undefined : await provider.Grant.find(known);
  if (found) return found;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(client.scope ?? standardScopes.join(' '));
  await grant.save();
  return grant;
}
