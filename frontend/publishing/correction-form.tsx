import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useDraft } from '../ui/use-draft.ts';
import { Failed } from './failed.tsx';
import { type PageIncident, type Publishing, useChange } from './use-status.ts';
import { WordsField } from './words-field.tsx';

export interface CorrectionFormProps extends Publishing {
  readonly update: PageIncident['updates'][number];
  /** What it is called beside others. */
  readonly name: string;
  /** Where the updates of its incident are, below `/api/status`. */
  readonly path: string;
  readonly isOpen: boolean;
  onClose(): void;
}

/** Other words for an update that was published. What was begun is shown again, also after a reload. */
export function CorrectionForm({ api, update, name, path, isOpen, onClose, onChanged }: CorrectionFormProps) {
  const { id, text, withdrawnAt } = update;
  const { draft, change: write, forget } = useDraft<{ readonly text?: string }>(`correction:${id}`, {});
  const { change, busy, problem } = useChange(api, () =>
    onChanged('Corrected. The page says that it was corrected.'),
  );
  const close = () => {
    forget();
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const words = (draft.text ?? text).trim();
    if (busy || words === '') return;
    change({ method: 'PATCH', path: `${path}/${id}`, body: { text: words } }, close);
  };
  if (withdrawnAt !== undefined || (!isOpen && draft.text === undefined)) return null;
  return (
    <form onSubmit={submit} aria-label={`Correct ${name}`}>
      <WordsField
        label="Corrected words"
        rows={3}
        value={draft.text ?? text}
        onWrite={(text) => write({ text })}
      />
      <Failed problem={problem} />
      <div className="buttons">
        <Button type="submit" aria-disabled={busy}>
          {busy ? 'One moment …' : 'Publish the correction'}
        </Button>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
