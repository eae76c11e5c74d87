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

type Draft = { readonly name?: string };

/** A group of components: its name and its place, which can be changed. */
export function GroupRow({ group, among, onRemove, ...publishing }: GroupRowProps) {
  const { id, name } = group;
  const path = `/groups/${id}`;
  const { draft, change: write, forget } = useDraft<Draft>(`group:${id}`, {});
  if (draft.name !== undefined)
    return (
      <Naming
        {...{ group, path, onRemove, ...publishing }}
        name={draft.name}
        onWrite={write}
        onClose={forget}
      />
    );
  return (
    <div className="buttons">
      <h3 className="grow" dir="auto">
        {name}
      </h3>
      {among === undefined ? (
        <Button variant="default" aria-label={`Edit ${name}`} onClick={() => write({ name })}>
          Edit
        </Button>
      ) : (
        <MoveButtons {...{ path, among, id, name, ...publishing }} />
      )}
    </div>
  );
}

interface NamingProps extends Omit<GroupRowProps, 'among'> {
  readonly path: string;
  /** The name that is being written. */
  readonly name: string;
  onWrite(draft: Draft): void;
  onClose(): void;
}

function Naming({ api, group, path, name, onWrite, onClose, onRemove, onChanged }: NamingProps) {
  const { change, busy, problem } = useChange(api, () => onChanged('The group was renamed.'));
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (busy || name.trim() === '') return;
    change({ method: 'PATCH', path, body: { name: name.trim() } }, onClose);
  };
  const consequence = 'Its components stay, without a group.';
  return (
    <form className="line-form" onSubmit={rename}>
      <TextInput
        label={`New name of ${group.name}`}
        maxLength={100}
        value={name}
        onChange={({ target }) => onWrite({ name: target.value })}
      />
      <Button type="submit" aria-disabled={busy}>
        Rename
      </Button>
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
      <Button
        variant="outline"
        color="red"
        aria-label={`Delete ${group.name}`}
        onClick={() => onRemove({ name: group.name, path, consequence })}
      >
        Delete
      </Button>
      <Failed problem={problem} />
    </form>
  );
}
