import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Failed } from './failed.tsx';
import type { Removed } from './removal.tsx';
import { type Publishing, type Status, useChange } from './use-status.ts';

export interface GroupRowProps extends Publishing {
  readonly group: Status['groups'][number];
  onRemove(removed: Removed): void;
}

/** A group of components: its name, which can be changed. */
export function GroupRow({ api, group, onChanged, onRemove }: GroupRowProps) {
  const [name, setName] = useState<string>();
  const { change, busy, problem } = useChange(api, () => onChanged('The group was renamed.'));
  const rename = (event: FormEvent) => {
    event.preventDefault();
    const wanted = name?.trim() ?? '';
    if (busy || wanted === '') return;
    change({ method: 'PATCH', path: `/groups/${group.id}`, body: { name: wanted } }, () =>
      setName(undefined),
    );
  };
  const remove = () =>
    onRemove({
      name: group.name,
      path: `/groups/${group.id}`,
      consequence: 'Its components stay, without a group.',
    });
  if (name !== undefined)
    return (
      <form className="line-form" onSubmit={rename}>
        <TextInput
          label={`New name of ${group.name}`}
          maxLength={100}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button type="submit" aria-disabled={busy}>
          Rename
        </Button>
        <Button variant="default" onClick={() => setName(undefined)}>
          Cancel
        </Button>
        <Failed problem={problem} />
      </form>
    );
  return (
    <div className="buttons">
      <h3 className="grow" dir="auto">
        {group.name}
      </h3>
      <Button variant="default" aria-label={`Rename ${group.name}`} onClick={() => setName(group.name)}>
        Rename
      </Button>
      <Button variant="default" aria-label={`Delete ${group.name}`} onClick={remove}>
        Delete
      </Button>
    </div>
  );
}
