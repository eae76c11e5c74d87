import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { FailedLoad } from '../ui/failed-load.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { DifferenceView } from './difference-view.tsx';
import { NoteText } from './note-text.tsx';
import { RollBack } from './roll-back.tsx';
import { touchedText } from './touched-text.ts';
import type { Note } from './use-rules.ts';
import { useDifference } from './use-versions.ts';

export interface VersionLineProps {
  readonly api: Api;
  readonly note: Note;
  /** The version that is in force. */
  readonly inForce: number;
  readonly mayWrite: boolean;
  readonly now: number;
  onRolledBack(words: string): void;
}

/** One version: who made it, why, what it changed, and a way back to it. */
export function VersionLine({ api, note, inForce, mayWrite, now, onRolledBack }: VersionLineProps) {
  const [asks, setAsks] = useState(false);
  const { version } = note;
  const isInForce = version === inForce;
  const done = (words: string) => {
    setAsks(false);
    onRolledBack(words);
  };
  return (
    <li className="rule">
      <div className="rule-head">
        <h2>Version {version}</h2>
        {isInForce && <span className="on-sign">In force</span>}
        {!isInForce && mayWrite && (
          <Button
            variant="default"
            aria-label={`Roll back to version ${version} …`}
            onClick={() => setAsks(true)}
          >
            Roll back …
          </Button>
        )}
      </div>
      <p>
        <NoteText note={note} now={now} />
      </p>
      <p className="soft">
        <bdi>{touchedText(note)}</bdi>
      </p>
      <Changed {...{ api, version }} />
      {asks && <RollBack {...{ api, version, inForce }} onDone={done} onClose={() => setAsks(false)} />}
    </li>
  );
}

/** What a version changed against the one before; asked when it is opened. */
function Changed({ api, version }: { readonly api: Api; readonly version: number }) {
  const { difference, busy, problem, ask } = useDifference(api, version - 1, version);
  return (
    <details onToggle={({ currentTarget }) => currentTarget.open && difference === undefined && ask()}>
      <summary>What it changed</summary>
      {difference === undefined && busy && <Waiting what="both versions" />}
      <FailedLoad problem={problem} onAgain={ask} />
      {difference !== undefined && (
        <DifferenceView difference={difference} same="Nothing: it is the same as the version before." />
      )}
    </details>
  );
}
