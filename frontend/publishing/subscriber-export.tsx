import { Button } from '@mantine/core';
import { useState } from 'react';
import { cursorPages } from '../api/cursor-pages.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { countText } from '../incidents/words.ts';
import { download } from '../ui/download.ts';
import { Notice } from '../ui/notice.tsx';
import { csvOf } from './subscribers-csv.ts';
import { type Subscriber, subscribersPath } from './use-subscribers.ts';

/** Saves all subscribers as a table. */
export function SubscriberExport({ api }: { readonly api: Api }) {
  const { busy, problem, run } = useTask();
  const [loaded, setLoaded] = useState(0);
  const save = () =>
    run(async () => {
      const all: Subscriber[] = [];
      for await (const page of cursorPages<Subscriber>(api, subscribersPath, { limit: 100 })) {
        all.push(...page);
        setLoaded(all.length);
      }
      download({ name: 'subscribers.csv', type: 'text/csv', text: csvOf(all) });
    });
  return (
    <div className="export">
      <Button variant="default" aria-disabled={busy} onClick={() => !busy && save()}>
        Export as CSV
      </Button>
      <p role="status" className="soft">
        {busy && `${countText(loaded)} are loaded …`}
      </p>
      {problem !== undefined && <Notice>Not exported: {problem.message}</Notice>}
    </div>
  );
}
