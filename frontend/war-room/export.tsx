import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FactView, IncidentView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Recording, Snapshot } from '../../shared/war-room/index.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { download } from '../ui/download.ts';
import { Notice } from '../ui/notice.tsx';
import { loadText } from './use-document-text.ts';

export interface ExportProps {
  readonly api: Api;
  readonly id: IncidentId;
  readonly incident: IncidentView | undefined;
  readonly facts: readonly FactView[];
  readonly snapshots: readonly Snapshot[];
  /** Whether facts and snapshots are all there. */
  readonly isWhole: boolean;
}

/** Saves the recording as JSON: the incident, every fact of its log, and its document minute by minute. */
export function Export({ api, id, incident, facts, snapshots, isWhole }: ExportProps) {
  const { busy, problem, run } = useTask();
  const [loaded, setLoaded] = useState(0);
  if (incident === undefined || !isWhole || facts.length === 0) return null;
  const save = () =>
    run(async () => {
      const { text, updatedAt } = await loadText(api, id);
      const texts = await textsOf(snapshots, ({ minute }) => loadText(api, id, minute), setLoaded);
      const document = { text, ...(updatedAt !== undefined && { updatedAt }), snapshots: texts };
      const recording: Recording = { format: 'war-room-recording/1', incident, facts, document };
      download({
        ...{ name: `${incident.name}.json`, type: 'application/json' },
        text: JSON.stringify(recording, undefined, 2),
      });
    });
  return (
    <div className="export">
      <Button variant="default" aria-disabled={busy} onClick={() => !busy && save()}>
        Export as JSON
      </Button>
      <p role="status" className="soft">
        {busy && `Loading the document: ${loaded} of ${snapshots.length} minutes …`}
      </p>
      {problem !== undefined && <Notice>Not exported: {problem.message}</Notice>}
    </div>
  );
}

/** Texts that are asked for at the same time. */
const AT_ONCE = 4;

/** The snapshots with their texts. */
async function textsOf(
  snapshots: readonly Snapshot[],
  load: (snapshot: Snapshot) => Promise<{ readonly text: string }>,
  tell: (loaded: number) => void,
): Promise<Recording['document']['snapshots']> {
  const found: Recording['document']['snapshots'][number][] = [];
  while (found.length < snapshots.length) {
    tell(found.length);
    const some = snapshots.slice(found.length, found.length + AT_ONCE);
    const texts = await Promise.all(some.map(load));
    found.push(...some.map((snapshot, i) => ({ ...snapshot, text: texts[i]?.text ?? '' })));
  }
  return found;
}
