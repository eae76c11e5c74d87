import { Button } from '@mantine/core';
import { useState } from 'react';
import type { alertsApi } from '../../../shared/alerts/api.ts';
import type { Instant } from '../../../shared/kernel/time.ts';
import type { Answer } from '../../api/answer.ts';
import type { Api } from '../../api/use-api.ts';
import { useTask } from '../../api/use-task.ts';
import { Moment } from '../../time/moment.tsx';
import { FailedLoad } from '../../ui/failed-load.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { aboutText } from './silence-draft.ts';
import { pathOf, type Quiet } from './use-silences.ts';

type Page = Answer<(typeof alertsApi)['list-silenced-alerts']>;
type Held = Page['items'][number];

export interface HeldAlertsProps {
  readonly api: Api;
  readonly quiet: Quiet;
  readonly now: Instant;
}

const limit = 50;

/** The alerts that one holds back, and those that it held back until they ended or it did; asked for when it is opened. */
export function HeldAlerts({ api, quiet, now }: HeldAlertsProps) {
  const [held, setHeld] = useState<readonly Held[]>();
  const [next, setNext] = useState<string>();
  const { run, problem, busy } = useTask();
  const read = (before: readonly Held[], cursor?: string) =>
    run(async () => {
      const query = { limit, ...(cursor !== undefined && { cursor }) };
      const page = await api.call<Page>(`${pathOf(quiet)}/alerts`, { query });
      setHeld([...before, ...page.items]);
      setNext(page.next);
    });
  return (
    <details className="held-alerts" onToggle={({ currentTarget }) => currentTarget.open && read([])}>
      <summary>
        What it held back<span className="unseen">: {aboutText(quiet)}</span>
      </summary>
      {held === undefined && busy && <Waiting what="what it held back" />}
      <FailedLoad problem={problem} onAgain={() => read([])} />
      {held?.length === 0 && (
        <p className="soft">
          It {quiet.state === 'expired' ? 'held nothing back' : 'has held nothing back so far'}.
        </p>
      )}
      {held !== undefined && held.length > 0 && <HeldList held={held} now={now} />}
      {next !== undefined && (
        <Button variant="default" aria-disabled={busy} onClick={() => !busy && read(held ?? [], next)}>
          {busy ? 'One moment …' : 'Show more'}
        </Button>
      )}
    </details>
  );
}

const groups = [
  { title: 'Held back now', isHeld: true },
  { title: 'Not held back any more: ended, or counted for incidents', isHeld: false },
] as const;

function HeldList({ held, now }: { readonly held: readonly Held[]; readonly now: Instant }) {
  return groups.map(({ title, isHeld }) => {
    const some = held.filter((one) => one.isHeld === isHeld);
    if (some.length === 0) return null;
    return (
      <div key={title}>
        <p className="soft">
          {title} ({some.length})
        </p>
        <ul className="held-list">
          {some.map((one) => (
            <li key={one.fingerprint}>
              <bdi>{one.title ?? 'Alert without a title'}</bdi>
              <span className="soft">
                {one.service !== undefined && <> · {one.service}</>} · fired{' '}
                <Moment at={one.firedAt} now={now} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}
