import { ErrorResponse, type User } from 'oidc-client-ts';
import { useEffect, useMemo, useState } from 'react';
import type { SignInConfig } from './config.ts';
import { clientFor, isReturn, pageAfter } from './oidc-client.ts';
import type { SessionClient } from './session-client.ts';

/** Who uses this tab. `token` is the ID token: it says who the person is, and the API asks nothing else of it. */
export type Session =
  | { readonly state: 'starting' }
  | { readonly state: 'signed-out'; readonly because?: string; signIn(): void }
  | { readonly state: 'signed-in'; readonly token: string; end(because: string): void; signOut(): void };

type Held =
  | { readonly is: 'starting' }
  | { readonly is: 'out'; readonly because?: string }
  | { readonly is: 'in'; readonly token: string };

const ended = 'Your session has ended. Sign in again to go on.';

/** Signs people in and out, comes back from the issuer, and renews tokens before they expire. */
export function useSession(signIn: SignInConfig): Session {
  const client = useMemo(() => clientFor(signIn), [signIn]);
  const [held, setHeld] = useState<Held>({ is: 'starting' });
  useEffect(() => {
    const { events } = client;
    const fail = (error: unknown) => setHeld({ is: 'out', because: reasonOf(error) });
    const stops = [
      events.addUserLoaded((user) => {
        if (!client.hasEnded) setHeld(heldOf(user));
      }),
      events.addAccessTokenExpired(() => renewOr(client, undefined, ended, setHeld).catch(fail)),
    ];
    restore(client).then(setHeld, fail);
    return () => {
      for (const stop of stops) stop();
    };
  }, [client]);
  return useMemo(() => sessionOf(held, client, setHeld), [held, client]);
}

function sessionOf(held: Held, client: SessionClient, setHeld: (held: Held) => void): Session {
  const fail = (error: unknown) => setHeld({ is: 'out', because: reasonOf(error) });
  switch (held.is) {
    case 'starting':
      return { state: 'starting' };
    case 'out':
      return {
        state: 'signed-out',
        ...(held.because !== undefined && { because: held.because }),
        signIn: () => {
          const { pathname, search } = location;
          client.signinRedirect({ state: `${pathname}${search}` }).catch(fail);
        },
      };
    case 'in':
      return {
        state: 'signed-in',
        token: held.token,
        end: (because) => {
          renewOr(client, held.token, because, setHeld).catch(fail);
        },
        signOut: () => {
          leave(client).catch(fail);
        },
      };
  }
}

async function restore(client: SessionClient): Promise<Held> {
  if (isReturn(location)) {
    try {
      const user = await client.signinRedirectCallback();
      history.replaceState(null, '', pageAfter(user.state));
      return heldOf(user);
    } catch (error) {
      history.replaceState(null, '', '/');
      throw error;
    }
  }
  const user = await client.getUser();
  if (user === null) return { is: 'out' };
  if (!user.expired) return heldOf(user);
  const renewed = user.refresh_token === undefined ? null : await client.signinSilent();
  return renewed === null ? { is: 'out', because: ended } : heldOf(renewed);
}

/**
 * After hours with the lid closed the token has expired before anything could renew it: that is made up for, quietly. While
 * the network is not back yet nothing changes; the next call will be refused and ask again.
 */
async function renewOr(
  client: SessionClient,
  refused: string | undefined,
  because: string,
  setHeld: (held: Held) => void,
): Promise<void> {
  const user = await client.getUser();
  if (client.hasEnded) return;
  // The client may have renewed it by itself meanwhile.
  if (user?.expired === false && user.id_token !== refused) return setHeld(heldOf(user));
  if (user?.expired === true && user.refresh_token !== undefined) {
    try {
      const renewed = await client.signinSilent();
      if (client.hasEnded) return;
      if (renewed !== null) return setHeld(heldOf(renewed));
    } catch (error) {
      if (client.hasEnded || !(error instanceof ErrorResponse)) return;
    }
  }
  await client.removeUser();
  setHeld({ is: 'out', because });
}

/**
 * Cognito's own name for where to come back to is `logout_uri`; the user is forgotten first, so no token is in the address, and all
 * that they wrote with them: whoever signs in next in this tab would say it as their own.
 */
async function leave(client: SessionClient): Promise<void> {
  await client.removeUser();
  sessionStorage.clear();
  await client.signoutRedirect({ extraQueryParams: { logout_uri: `${location.origin}/` } });
}

function heldOf({ id_token }: User): Held {
  if (id_token === undefined) return { is: 'out', because: 'The sign-in gave no ID token.' };
  return { is: 'in', token: id_token };
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : '';
  return `Signing in did not work${said === '' ? '' : `: ${said}`}. Try again.`;
}
