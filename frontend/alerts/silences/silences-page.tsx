import { Button } from '@mantine/core';
import { useState } from 'react';
import { may, type Role } from '../../../shared/kernel/index.ts';
import type { Api } from '../../api/use-api.ts';
import { useNow } from '../../time/use-now.ts';
import { Fold } from '../../ui/fold.tsx';
import { Freshness } from '../../ui/freshness.tsx';
import { useFocusAfter } from '../../ui/use-focus-after.ts';
import { useTitle } from '../../ui/use-title.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { madeText } from './fitting.ts';
import { PastSilences } from './past-silences.tsx';
import { wishOf } from './silence-draft.ts';
import { SilenceForm } from './silence-form.tsx';
import { SilenceLine } from './silence-line.tsx';
import { type MadeQuiet, useNewSilence, useSilences } from './use-silences.ts';

export interface SilencesPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** What keeps alerts quiet: everybody looks, responders make, extend and end them. */
export function SilencesPage({ api, role }: SilencesPageProps) {
  useTitle('Silences');
  const { value, at, problem, busy, refresh, showMore } = useSilences(api);
  const [said, setSaid] = useState('');
  const [changes, setChanges] = useState(0);
  const now = useNow();
  const head = useFocusAfter(changes);
  const mayWrite = may(role, 'silence.write');
  const onChanged = (words: string) => {
    setSaid(words);
    setChanges((count) => count + 1);
    refresh();
  };
  return (
    <div className="stack">
      <div className="head">
        <h1 tabIndex={-1} ref={head}>
          Silences
        </h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <Effect role={role} />
      {/* A new form after each: what was written is sent. */}
      {mayWrite && <NewSilence key={changes} api={api} onMade={(made) => onChanged(madeText(made))} />}
      {value === undefined && problem === undefined && <Waiting what="silences" />}
      {value?.quiets.length === 0 && (
        <div className="empty">
          <h2>Nothing is kept quiet</h2>
          <p>Every alert opens or joins an incident, as the rules say.</p>
        </div>
      )}
      <p role="status">{said}</p>
      {value !== undefined && value.quiets.length > 0 && (
        <ul className="card lines">
          {value.quiets.map((quiet) => (
            <SilenceLine
              key={quiet.id}
              {...{ api, quiet, now, mayChange: mayWrite, onMoved: refresh }}
              onEnded={(about) => onChanged(`Ended: ${about}`)}
            />
          ))}
        </ul>
      )}
      {value?.hasMore && <More count={value.quiets.length} busy={busy} onMore={showMore} />}
      <PastSilences api={api} now={now} />
    </div>
  );
}

/** What those do that are in force, and what they leave as it is. */
function Effect({ role }: Pick<SilencesPageProps, 'role'>) {
  return (
    <p className="soft">
      Alerts that begin meanwhile and fit are recorded, join no incident and page nobody; what still fires at
      the end is placed then. An incident that is open goes on paging under a silence: acknowledge it, or put
      its service under maintenance.
      {!may(role, 'silence.write') && ` A ${role} may look; a responder makes, extends and ends them.`}
    </p>
  );
}

interface MoreProps {
  readonly count: number;
  readonly busy: boolean;
  onMore(): void;
}

function More({ count, busy, onMore }: MoreProps) {
  return (
    <div className="more">
      <p className="soft">The {count} that end first are shown.</p>
      <Button variant="default" aria-disabled={busy} onClick={() => !busy && onMore()}>
        {busy ? 'One moment …' : 'Show more'}
      </Button>
    </div>
  );
}

interface NewSilenceProps extends Pick<SilencesPageProps, 'api'> {
  onMade(made: MadeQuiet): void;
}

function NewSilence({ api, onMade }: NewSilenceProps) {
  const { make, busy, problem } = useNewSilence(api, onMade);
  const now = useNow();
  return (
    <Fold title="Keep alerts quiet" isMain>
      <SilenceForm {...{ api, busy, problem }} onSend={(draft) => make(draft.kind, wishOf(draft, now))} />
    </Fold>
  );
}
