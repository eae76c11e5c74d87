import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useDraft } from '../ui/use-draft.ts';
import { Failed } from './failed.tsx';
import { type Publishing, useChange } from './use-status.ts';

/** Adds a group, in which components stand together. */
export function NewGroup({ api, onChanged }: Publishing) {
  const { draft, change: write, forget } = useDraft('component-group', { name: '' });
  const { change, busy, problem } = useChange(api, () => onChanged('The group was added.'));
  const add = (event: FormEvent) => {
    event.preventDefault();
    const name = draft.name.trim();
    if (!busy && name !== '') change({ method: 'POST', path: '/groups', body: { name } }, forget);
  };
  return (
    <form className="line-form" onSubmit={add}>
      <TextInput
        label="A new group"
        maxLength={100}
        value={draft.name}
        onChange={({ target }) => write({ name: target.value })}
      />
      <Button type="submit" variant="default" aria-disabled={busy}>
        Add the group
      </Button>
      <Failed problem={problem} />
    </form>
  );
}
