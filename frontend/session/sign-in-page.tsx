import { Button } from '@mantine/core';
import { Notice } from '../ui/notice.tsx';
import { useTitle } from '../ui/use-title.ts';

export interface SignInPageProps {
  readonly organisation: string;
  readonly because?: string | undefined;
  onSignIn(): void;
}

/** What a person sees who is not signed in. */
export function SignInPage({ organisation, because, onSignIn }: SignInPageProps) {
  useTitle('Sign in');
  return (
    <main className="alone">
      <h1>Incidents of {organisation}</h1>
      <p className="soft">Sign in with the account that {organisation} gave you.</p>
      {because !== undefined && <Notice>{because}</Notice>}
      <Button onClick={onSignIn}>Sign in</Button>
    </main>
  );
}
