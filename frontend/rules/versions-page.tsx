import { Button } from '@mantine/core';
import { useState } from 'react';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { useNow } from '../time/use-now.ts';
import { FailedLoad } from '../ui/failed-load.tsx';
import { Freshness } from '../ui/freshness.tsx';
import { useFocusAfter } from '../ui/use-focus-after.ts';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { PartLinks } from './part-links.tsx';
import { type Note, useStanding } from './use-rules.ts';
import { useOlder } from './use-versions.ts';
import { VersionLine } from './version-line.tsx';

export interface VersionsPageProps {
  readonly api: Api;
  readonly role: Role;
}

const about =
  'Of the whole configuration: rules, people, schedules, policies, services and settings. Rolling back makes a new version with the content of an old one.';

/** What moved on while older ones were asked for is there twice. */
const onceEach = (notes: readonly Note[]): readonly Note[] => [
  ...new Map(notes.map((note) => [note.version, note])).values(),
];

/** The versions of the configuration: who made each, when and why, what it changed, and a way back to it. */
export function VersionsPage({ api, role }: VersionsPageProps) {
  useTitle('Versions of the rules');
  const { value, at, problem, refresh } = useStanding(api);
  const more = useOlder(api, value?.next);
  const [said, setSaid] = useState('');
  const [changes, setChanges] = useState(0);
  const head = useFocusAfter(changes);
  const now = useNow();
  const onRolledBack = (words: string) => {
    setSaid(words);
    setChanges((count) => count + 1);
    refresh();
  };
  return (
    <div className="stack rules">
      <div className="head">
        <h1 tabIndex={-1} ref={head}>
          Versions
        </h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <PartLinks here="versions" />
      <p className="soft">{about}</p>
      <p role="status">{said}</p>
      {value === undefined && problem === undefined && <Waiting what="versions" />}
      {value?.version === 0 && <h2 className="empty">Nothing was configured yet</h2>}
      <ol className="rule-list">
        {onceEach([...(value?.versions ?? []), ...more.older]).map((note) => (
          <VersionLine
            key={note.version}
            {...{ api, note, now }}
            inForce={value?.version ?? 0}
            mayWrite={may(role, 'configuration.write')}
            onRolledBack={onRolledBack}
          />
        ))}
      </ol>
      <FailedLoad problem={more.problem} onAgain={more.showMore} />
      {more.hasMore && (
        <div className="more">
          <Button variant="default" aria-disabled={more.busy} onClick={more.showMore}>
            Show older ones
          </Button>
        </div>
      )}
    </div>
  );
}
