import { type FormEvent, useState } from 'react';
import { Notice } from '../ui/notice.tsx';
import { useTitle } from '../ui/use-title.ts';

export interface NoOrganisationProps {
  readonly person: string;
  readonly suggested: string;
  readonly busy: boolean;
  readonly problem?: string | undefined;
  onCreate(name: string): void;
  onSignOut(): void;
}

/** For a person who belongs to no organisation yet: an administrator adds them, or they make the first one. */
export function NoOrganisation({
  person,
  suggested,
  busy,
  problem,
  onCreate,
  onSignOut,
}: NoOrganisationProps) {
  useTitle('No organisation yet');
  const [name, setName] = useState(suggested);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onCreate(name.trim());
  };
  return (
    <main className="alone">
      <h1>No organisation yet</h1>
      <p>
        You are signed in as {person}, but you are a member of no organisation. Ask an administrator to add
        you.
      </p>
      <p>If you set this system up and are the administrator in its settings, make the organisation here.</p>
      {problem !== undefined && <Notice>{problem}</Notice>}
      <form onSubmit={submit}>
        <label htmlFor="organisation">Name of the organisation</label>
        <input
          id="organisation"
          value={name}
          maxLength={100}
          required
          onChange={({ target }) => setName(target.value)}
        />
        <button type="submit" className="main-action" disabled={busy}>
          {busy ? 'Making it …' : 'Make the organisation'}
        </button>
      </form>
      <button type="button" onClick={onSignOut}>
        Sign out
      </button>
    </main>
  );
}
