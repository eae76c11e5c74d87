import { Button } from '@mantine/core';
import { useRef } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { type Snapshot, snapshotAt } from '../../shared/war-room/index.ts';
import type { Api } from '../api/use-api.ts';
import type { Whole } from '../api/use-whole.ts';
import { Moment } from '../time/moment.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useDocumentText } from './use-document-text.ts';

export interface ReplayedDocumentProps {
  readonly api: Api;
  readonly incident: IncidentId;
  readonly snapshots: Whole<Snapshot> & { again(): void };
  readonly at: number;
}

/** The document of a room as it stood at a moment. */
export function ReplayedDocument({ api, incident, snapshots, at }: ReplayedDocumentProps) {
  const snapshot = snapshotAt(snapshots.items, at);
  const { text, problem, again } = useDocumentText(api, incident, snapshot);
  const failed = snapshots.problem ?? problem;
  return (
    <section className="replayed-document" aria-labelledby="document">
      <h2 id="document">Document</h2>
      {failed !== undefined && (
        <>
          <Notice>{failed.message}</Notice>
          <Button variant="default" onClick={snapshots.problem ? snapshots.again : again}>
            Load the document again
          </Button>
        </>
      )}
      {failed === undefined && snapshot === undefined && <Nothing isWhole={snapshots.isWhole} />}
      {failed === undefined && snapshot !== undefined && <Text {...{ snapshot, text, at }} />}
    </section>
  );
}

const Nothing = ({ isWhole }: { readonly isWhole: boolean }) =>
  isWhole ? (
    <p className="soft">
      Nothing had been written by then. What was written in the last minute comes here later.
    </p>
  ) : (
    <Waiting what="the document" />
  );

interface TextProps {
  readonly snapshot: Snapshot;
  /** Absent while it loads. */
  readonly text: string | undefined;
  readonly at: number;
}

/** What was shown stays until the next text is there, so that a replay does not flicker. */
function Text({ snapshot, text, at }: TextProps) {
  const last = useRef<{ readonly updatedAt: string; readonly text: string }>(undefined);
  if (text !== undefined) last.current = { updatedAt: snapshot.updatedAt, text };
  const shown = last.current;
  if (shown === undefined) return <Waiting what="the document" />;
  return (
    <>
      <p className="soft">
        Last changed <Moment at={shown.updatedAt} now={at} />
      </p>
      <textarea
        readOnly
        aria-label="Text of the document"
        aria-busy={text === undefined}
        placeholder="It was empty."
        value={shown.text}
      />
    </>
  );
}
