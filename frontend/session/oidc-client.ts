import { WebStorageStateStore } from 'oidc-client-ts';
import type { SignInConfig } from './config.ts';
import { SessionClient } from './session-client.ts';

/** The OpenID Connect client of this tab: authorization code with PKCE, everything kept in the tab's own storage. */
export function clientFor({ issuer, clientId }: SignInConfig): SessionClient {
  const store = new WebStorageStateStore({ store: sessionStorage });
  const home = `${location.origin}/`;
  return new SessionClient({
    authority: issuer,
    client_id: clientId,
    redirect_uri: home,
    post_logout_redirect_uri: home,
    response_type: 'code',
    scope: 'openid email profile',
    userStore: store,
    stateStore: store,
    automaticSilentRenew: true,
  });
}

/** Whether the issuer has just sent the browser back here with a code or a refusal. */
export function isReturn({ pathname, search }: Pick<Location, 'pathname' | 'search'>): boolean {
  const query = new URLSearchParams(search);
  return pathname === '/' && query.has('state') && (query.has('code') || query.has('error'));
}

/** The page to show after signing in: a path of this site, whatever was handed to us. */
export function pageAfter(wanted: unknown): string {
  const here = 'https://here.invalid';
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, here)) return '/';
  const { origin, pathname, search } = new URL(wanted, here);
  // A path of two slashes would be another site when it is resolved again.
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}
