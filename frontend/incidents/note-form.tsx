import type { FormEvent, KeyboardEvent } from 'react';
import { Notice } from '../ui/notice.tsx';

export interface NoteFormProps {
  readonly text: string;
  readonly busy: boolean;
  readonly problem?: string | undefined;
  onText(text: string): void;
  onAdd(): void;
}

/** A place to write a note; Ctrl or Command with Enter adds it. */
export function NoteForm({ text, busy, problem, onText, onAdd }: NoteFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onAdd();
  };
  return (
    <form className="note" onSubmit={submit}>
      <label htmlFor="note">Note</label>
      <textarea
        id="note"
        rows={2}
        maxLength={1_500}
        required
        value={text}
        onChange={({ target }) => onText(target.value)}
        onKeyDown={press}
      />
      <button type="submit" aria-disabled={busy}>
        {busy ? 'Adding …' : 'Add note'}
      </button>
      {problem !== undefined && <Notice>{problem}</Notice>}
    </form>
  );
}
