import type { Organisation } from '../identity/use-organisation.ts';
import { Link } from './link.tsx';
import { addressOf } from './place.ts';

export interface HeaderProps {
  readonly person: string;
  readonly organisations: readonly Organisation[];
  readonly organisation: Organisation;
  onChoose(id: string): void;
  onSignOut(): void;
}

/** Whose incidents these are, and who is looking. */
export function Header({ person, organisations, organisation, onChoose, onSignOut }: HeaderProps) {
  return (
    <header>
      <Link className="home" to={addressOf({ page: 'incidents', listing: 'open' })}>
        {organisations.length > 1 ? 'Incidents' : organisation.name}
      </Link>
      {organisations.length > 1 && (
        <select
          aria-label="Organisation"
          value={organisation.id}
          onChange={({ target }) => onChoose(target.value)}
        >
          {organisations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <span className="person">{person}</span>
      <button type="button" className="quiet" onClick={onSignOut}>
        Sign out
      </button>
    </header>
  );
}
