import { Button } from '@mantine/core';
import { incidentsCsv } from '../../shared/metrics/csv.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { download } from '../ui/download.ts';
import { Notice } from '../ui/notice.tsx';
import type { MetricsIncident } from './use-dashboard.ts';

interface Page {
  readonly items: readonly MetricsIncident[];
  readonly next?: string;
}

/** Saves the incidents of a list as a table: one row each, with every duration and its state. */
export function CsvExport({ api, list }: { readonly api: Api; readonly list: string }) {
  const { busy, problem, run } = useTask();
  const save = () =>
    run(async () => {
      const [path = '', query = ''] = list.split('?');
      let text = '';
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const more: Record<string, string> = cursor === '' ? {} : { cursor };
        const page: Page = await api.call(path, {
          query: { ...Object.fromEntries(new URLSearchParams(query)), limit: 2_000, ...more },
        });
        text += incidentsCsv(page.items, cursor === '');
        cursor = page.next;
      }
      download({ name: 'incidents.csv', type: 'text/csv', text });
    });
  return (
    <div className="export">
      <Button variant="default" aria-disabled={busy} onClick={() => !busy && save()}>
        Export these incidents as CSV
      </Button>
      <p role="status" className="soft">
        {busy && 'They are loaded …'}
      </p>
      {problem !== undefined && <Notice>Not exported: {problem.message}</Notice>}
    </div>
  );
}
