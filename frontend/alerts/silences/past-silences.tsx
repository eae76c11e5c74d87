import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Instant } from '../../../shared/kernel/time.ts';
import type { Api } from '../../api/use-api.ts';
import { useTask } from '../../api/use-task.ts';
import { FailedLoad } from '../../ui/failed-load.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { HeldAlerts } from './held-alerts.tsx';
import { QuietText } from './silence-line.tsx';
import { type Listed, pastQuiets } from './use-silences.ts';

export interface PastSilencesProps {
  readonly api: Api;
  readonly now: Instant;
}

/** Silences and maintenance windows that are over, the last first, for the 90 days that they are known; read when it is opened. */
export function PastSilences({ api, now }: PastSilencesProps) {
  const [past, setPast] = useState<Listed>();
  const [pages, setPages] = useState(1);
  const { run, problem, busy } = useTask();
  const read = (most: number) =>
    run(async () => {
      setPast(await pastQuiets(api, most));
      setPages(most);
    });
  return (
    <details className="card past-silences" onToggle={({ currentTarget }) => currentTarget.open && read(1)}>
      <summary>Those that are over</summary>
      {past === undefined && busy && <Waiting what="silences that are over" />}
      <FailedLoad problem={problem} onAgain={() => read(pages)} />
      {past?.quiets.length === 0 && <p className="soft">None was over in the last 90 days.</p>}
      {past !== undefined && past.quiets.length > 0 && (
        <ul className="lines">
          {past.quiets.map((quiet) => (
            <li key={quiet.id}>
              <QuietText quiet={quiet} now={now} />
              <HeldAlerts {...{ api, quiet, now }} />
            </li>
          ))}
        </ul>
      )}
      {past?.hasMore && (
        <Button variant="default" aria-disabled={busy} onClick={() => !busy && read(pages + 1)}>
          {busy ? 'One moment …' : 'Show more'}
        </Button>
      )}
    </details>
  );
}
