import { ErrorResponse, type User, type UserManager } from 'oidc-client-ts';
import { useEffect, useMemo, useState } from 'react';
import type { SignInConfig } from './config.ts';
import { isReturn, managerFor, pageAfter } from './oidc-client.ts';

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
  const manager = useMemo(() => managerFor(signIn), [signIn]);
  const [held, setHeld] = useState<Held>({ is: 'starting' });
  useEffect(() => {
    const { events } = manager;
    const stops = [
      events.addUserLoaded((user) => setHeld(heldOf(user))),
      events.addAccessTokenExpired(() => void renewOr(manager, undefined, ended, setHeld)),
    ];
    restore(manager).then(setHeld, (error: unknown) => setHeld({ is: 'out', because: reasonOf(error) }));
    return () => {
      for (const stop of stops) stop();
    };
  }, [manager]);
  return useMemo(() => sessionOf(held, manager, setHeld), [held, manager]);
}

function sessionOf(held: Held, manager: UserManager, setHeld: (held: Held) => void): Session {
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
          manager.signinRedirect({ state: `${pathname}${search}` }).catch(fail);
        },
      };
    case 'in':
      return {
        state: 'signed-in',
        token: held.token,
        end: (because) => {
          renewOr(manager, held.token, because, setHeld).catch(fail);
        },
        signOut: () => {
          leave(manager).catch(fail);
        },
      };
  }
}

async function restore(manager: UserManager): Promise<Held> {
  if (isReturn(location)) {
    try {
      const user = await manager.signinRedirectCallback();
      history.replaceState(null, '', pageAfter(user.state));
      return heldOf(user);
    } catch (error) {
      history.replaceState(null, '', '/');
      throw error;
    }
  }
  const user = await manager.getUser();
  if (user === null) return { is: 'out' };
  if (!user.expired) return heldOf(user);
  const renewed = user.refresh_token === undefined ? null : await manager.signinSilent();
  return renewed === null ? { is: 'out', because: ended } : heldOf(renewed);
}

/**
 * After hours with the lid closed the token has expired before anything could renew it: that is made up for, quietly. While
 * the network is not back yet nothing changes; the next call will be refused and ask again.
 */
async function renewOr(
  manager: UserManager,
  refused: string | undefined,
  because: string,
  setHeld: (held: Held) => void,
): Promise<void> {
  const user = await manager.getUser();
  // The client may have renewed it by itself meanwhile.
  if (user?.expired === false && user.id_token !== refused) return setHeld(heldOf(user));
  if (user?.expired === true && user.refresh_token !== undefined) {
    try {
      const renewed = await manager.signinSilent();
      if (renewed !== null) return setHeld(heldOf(renewed));
    } catch (error) {
      if (!(error instanceof ErrorResponse)) return;
    }
  }
  await manager.removeUser();
  setHeld({ is: 'out', because });
}

/** Cognito's own name for where to come back to is `logout_uri`; the user is forgotten first, so no token is in the address. */
async function leave(manager: UserManager): Promise<void> {
  await manager.removeUser();
  await manager.signoutRedirect({ extraQueryParams: { logout_uri: `${location.origin}/` } });
}

function heldOf({ id_token }: User): Held {
  if (id_token === undefined) return { is: 'out', because: 'The sign-in gave no ID token.' };
  return { is: 'in', token: id_token };
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : '';
  return `Signing in did not work${said === '' ? '' : `: ${said}`}. Try again.`;
}
