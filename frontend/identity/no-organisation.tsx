import { Button } from '@mantine/core';
import { useTitle } from '../ui/use-title.ts';

export interface NoOrganisationProps {
  readonly person: string;
  /** Why, and what to do, in the words of the API. */
  readonly because?: string | undefined;
  onAgain(): void;
  onSignOut(): void;
}

/** For a person who belongs to no organisation: an administrator adds them. */
export function NoOrganisation({ person, because, onAgain, onSignOut }: NoOrganisationProps) {
  useTitle('No organisation yet');
  return (
    <main className="alone">
      <h1>No organisation yet</h1>
      <p>You are signed in as {person}.</p>
      <p>{because ?? 'You are a member of no organisation. Ask an administrator to add you.'}</p>
      <Button onClick={onAgain}>Try again</Button>
      <Button variant="default" onClick={onSignOut}>
        Sign out
      </Button>
    </main>
  );
}
