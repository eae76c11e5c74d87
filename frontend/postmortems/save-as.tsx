import { Button } from '@mantine/core';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { downloadFile } from '../ui/download.ts';
import { Notice } from '../ui/notice.tsx';
import type { Postmortem } from './use-postmortem.ts';

const forms = [
  ['markdown', 'Markdown', 'md'],
  ['html', 'HTML', 'html'],
  ['pdf', 'PDF', 'pdf'],
] as const;

/** Saves it in the forms that the API gives. */
export function SaveAs({
  api,
  postmortem: { id, name },
}: {
  readonly api: Api;
  readonly postmortem: Postmortem;
}) {
  const { busy, problem, run } = useTask();
  const save = (form: string, ending: string) =>
    run(async () =>
      downloadFile(`${name}-post-mortem.${ending}`, await api.file(`/api/postmortems/${id}/${form}`)),
    );
  return (
    <>
      <div className="save-as">
        <span className="soft">Save as</span>
        {forms.map(([form, word, ending]) => (
          <Button key={form} variant="default" aria-disabled={busy} onClick={() => save(form, ending)}>
            {word}
          </Button>
        ))}
        <span role="status">{busy && 'One moment …'}</span>
      </div>
      {problem !== undefined && <Notice>Not saved: {problem.message}</Notice>}
    </>
  );
}
