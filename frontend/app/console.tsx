import { useApi } from '../api/use-api.ts';
import type { Me } from '../identity/use-me.ts';
import { useOrganisation } from '../identity/use-organisation.ts';
import { IncidentListPage } from '../incidents/incident-list-page.tsx';
import { IncidentPage } from '../incidents/incident-page.tsx';
import { usePersonNames } from '../on-call/use-person-names.ts';
import type { Session } from '../session/use-session.ts';
import { Header } from './header.tsx';
import { Link } from './link.tsx';
import { addressOf, type Place } from './place.ts';
import { usePlace } from './use-place.ts';

export interface ConsoleProps {
  readonly address: string;
  readonly session: Extract<Session, { state: 'signed-in' }>;
  readonly me: Me;
}

/** What a member of an organisation sees. */
export function Console({ address, session, me }: ConsoleProps) {
  const { organisation, choose } = useOrganisation(me);
  const named = me.organisations.length > 1 ? organisation?.id : undefined;
  const api = useApi({ address, token: session.token, organisation: named, onRefused: session.end });
  const names = usePersonNames(api);
  const place = usePlace();
  if (organisation === undefined) return null;
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <Header
        person={me.name}
        organisations={me.organisations}
        organisation={organisation}
        onChoose={choose}
        onSignOut={session.signOut}
      />
      <main id="content" tabIndex={-1}>
        <Shown key={organisation.id} place={place} api={api} role={organisation.role} names={names} />
      </main>
    </>
  );
}

interface ShownProps {
  readonly place: Place;
  readonly api: ReturnType<typeof useApi>;
  readonly role: Me['organisations'][number]['role'];
  readonly names: ReadonlyMap<string, string>;
}

function Shown({ place, api, role, names }: ShownProps) {
  switch (place.page) {
    case 'incidents':
      return <IncidentListPage api={api} wanted={place} />;
    case 'incident':
      return (
        <IncidentPage
          key={place.id}
          api={api}
          id={place.id}
          role={role}
          nameOf={(person) => names.get(person)}
        />
      );
    case 'unknown':
      return (
        <>
          <h1>There is no such page</h1>
          <p>
            <Link to={addressOf({ page: 'incidents', listing: 'open' })}>Go to the open incidents</Link>
          </p>
        </>
      );
  }
}
