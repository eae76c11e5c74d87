import { Router } from 'wouter';
import { useApi } from '../api/use-api.ts';
import type { Me } from '../identity/use-me.ts';
import { useOrganisation } from '../identity/use-organisation.ts';
import { usePersonNames } from '../on-call/use-person-names.ts';
import type { Session } from '../session/use-session.ts';
import { Pages } from './pages.tsx';
import { Shell } from './shell.tsx';

export interface ConsoleProps {
  readonly address: string;
  /** Address of the WebSocket API. */
  readonly socket: string;
  readonly session: Extract<Session, { state: 'signed-in' }>;
  readonly me: Me;
}

/** What a member of an organisation sees. */
export function Console({ address, socket, session, me }: ConsoleProps) {
  const { organisation, choose } = useOrganisation(me);
  const named = me.organisations.length > 1 ? organisation?.id : undefined;
  const api = useApi({ address, token: session.token, organisation: named, onRefused: session.end });
  const names = usePersonNames(api);
  if (organisation === undefined) return null;
  return (
    <Router aroundNav={fromTheTop}>
      <Shell
        person={me.name}
        organisations={me.organisations}
        organisation={organisation}
        onChoose={choose}
        onSignOut={session.signOut}
      >
        <Pages
          key={organisation.id}
          api={api}
          socket={socket}
          person={{ id: organisation.person ?? '', name: me.name }}
          role={organisation.role}
          organisation={organisation.id}
          names={names}
        />
      </Shell>
    </Router>
  );
}

type Go = (to: string, options?: { readonly replace?: boolean }) => void;

/** A page that is gone to begins at its top; an address that only says what is typed stays where it is. */
function fromTheTop(go: Go, to: string, options?: { readonly replace?: boolean }): void {
  go(to, options);
  if (options?.replace !== true) scrollTo(0, 0);
}
