import { Button, Textarea } from '@mantine/core';
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
      <Textarea
        label="Note"
        id="note"
        rows={2}
        maxLength={1_500}
        required
        withAsterisk={false}
        w="100%"
        resize="vertical"
        value={text}
        onChange={({ target }) => onText(target.value)}
        onKeyDown={press}
      />
      <Button type="submit" variant="default" aria-disabled={busy}>
        {busy ? 'Adding …' : 'Add note'}
      </Button>
      {problem !== undefined && <Notice>{problem}</Notice>}
    </form>
  );
}
