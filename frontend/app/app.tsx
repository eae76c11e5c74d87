import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useApi } from '../api/use-api.ts';
import { NoOrganisation } from '../identity/no-organisation.tsx';
import { useMe } from '../identity/use-me.ts';
import { CertificateAuthority } from '../session/certificate-authority.ts';
import type { Config } from '../session/config.ts';
import { SignInPage } from '../session/sign-in-page.tsx';
import { useConfig } from '../session/use-config.ts';
import { type Session, useSession } from '../session/use-session.ts';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { Console } from './console.tsx';
import { loadAhead } from './pages.tsx';

/** The console, from its configuration on. */
export function App() {
  const loaded = useConfig();
  if (loaded.state === 'ready') return <WithConfig config={loaded.config} />;
  return (
    <main className="alone">
      {loaded.state === 'loading' ? <Waiting what="the console" /> : <Notice>{loaded.message}</Notice>}
    </main>
  );
}

function WithConfig({ config }: { readonly config: Config }) {
  const session = useSession(config.signIn);
  switch (session.state) {
    case 'starting':
      return (
        <main className="alone">
          <Waiting what="your session" />
        </main>
      );
    case 'signed-out':
      return (
        <SignInPage
          organisation={config.organisation}
          because={session.because}
          onSignIn={() => session.signIn()}
        />
      );
    case 'signed-in':
      return <WithSession config={config} session={session} />;
  }
}

interface WithSessionProps {
  readonly config: Config;
  readonly session: Extract<Session, { state: 'signed-in' }>;
}

function WithSession({ config, session }: WithSessionProps) {
  const { token, end, signOut } = session;
  const api = useApi({ address: config.api, token, onRefused: end });
  const { me, problem, again } = useMe(api);
  useEffect(() => void loadAhead(location.pathname), []);
  if (me === undefined) {
    return (
      <main className="alone">
        {problem === undefined ? (
          <Waiting what="who you are" />
        ) : (
          <>
            <Notice>{problem.message}</Notice>
            <Button onClick={again}>Try again</Button>
          </>
        )}
      </main>
    );
  }
  if (me.organisations.length === 0) {
    return <NoOrganisation person={me.name} because={me.because} onAgain={again} onSignOut={signOut} />;
  }
  return (
    <CertificateAuthority value={config.certificateAuthority}>
      <Console address={config.api} socket={config.socket} session={session} me={me} />
    </CertificateAuthority>
  );
}
