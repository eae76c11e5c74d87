import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useDraft } from '../ui/use-draft.ts';
import { Failed } from './failed.tsx';
import { MoveButtons } from './move-buttons.tsx';
import type { Removed } from './removal.tsx';
import { type Publishing, type Status, useChange } from './use-status.ts';

export interface GroupRowProps extends Publishing {
  readonly group: Status['groups'][number];
  /** While the order is changed: the ids of all groups. */
  readonly among?: readonly string[] | undefined;
  onRemove(removed: Removed): void;
}

/** A group of components: its name and its place, which can be changed. */
export function GroupRow({ group, among, onRemove, ...publishing }: GroupRowProps) {
  const { api, onChanged } = publishing;
  const path = `/groups/${group.id}`;
  const { draft, change: write, forget } = useDraft<{ readonly name?: string }>(`group:${group.id}`, {});
  const { name } = draft;
  const { change, busy, problem } = useChange(api, () => onChanged('The group was renamed.'));
  const rename = (event: FormEvent) => {
    event.preventDefault();
    const wanted = name?.trim() ?? '';
    if (busy || wanted === '') return;
    change({ method: 'PATCH', path, body: { name: wanted } }, forget);
  };
  const remove = () =>
    onRemove({
      name: group.name,
      path,
      consequence: 'Its components stay, without a group.',
    });
  if (name !== undefined)
    return (
      <form className="line-form" onSubmit={rename}>
        <TextInput
          label={`New name of ${group.name}`}
          maxLength={100}
          value={name}
          onChange={({ target }) => write({ name: target.value })}
        />
        <Button type="submit" aria-disabled={busy}>
          Rename
        </Button>
        <Button variant="default" onClick={forget}>
          Cancel
        </Button>
        <Button variant="outline" color="red" aria-label={`Delete ${group.name}`} onClick={remove}>
          Delete
        </Button>
        <Failed problem={problem} />
      </form>
    );
  return (
    <div className="buttons">
      <h3 className="grow" dir="auto">
        {group.name}
      </h3>
      {among === undefined ? (
        <Button
          variant="default"
          aria-label={`Edit ${group.name}`}
          onClick={() => write({ name: group.name })}
        >
          Edit
        </Button>
      ) : (
        <MoveButtons {...{ path, among, ...publishing }} id={group.id} name={group.name} />
      )}
    </div>
  );
}
