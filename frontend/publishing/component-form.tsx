import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useDraft } from '../ui/use-draft.ts';
import { Failed, isConflict } from './failed.tsx';
import { type Component, type Publishing, useChange } from './use-status.ts';

export interface ComponentFormProps extends Publishing {
  /** @default a new one */
  readonly component?: Component;
  onClose(): void;
  /** @default it cannot be deleted */
  onRemove?(): void;
}

/** What is said of a component, and the services behind it. */
export function ComponentForm({ api, status, component, onChanged, onClose, onRemove }: ComponentFormProps) {
  const said = saidOf(component, status.version);
  const { draft, change: write, forget } = useDraft(`component:${component?.id ?? 'new'}`, said);
  const { change, busy, problem } = useChange(api, () => onChanged(`${draft.name.trim()} was saved.`));
  const close = () => {
    forget();
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = draft.name.trim();
    if (busy || name === '') return;
    const isMoved = component !== undefined && draft.group !== said.group;
    // In its new group it stands at the end.
    const body = { ...bodyOf(draft, component !== undefined), ...(isMoved && { before: null }) };
    // After a conflict was told, what is sent again is meant for the page as it is shown now.
    const seen = problem !== undefined && isConflict(problem) ? status.version : draft.version;
    change(
      component === undefined
        ? { method: 'POST', path: '/components', body }
        : { method: 'PATCH', path: `/components/${component.id}`, body, ifVersion: seen },
      close,
    );
  };
  return (
    <form onSubmit={submit} aria-label={component === undefined ? 'A new component' : `Edit ${said.name}`}>
      <Words draft={draft} onWrite={write} />
      <NativeSelect
        label="Group"
        value={draft.group}
        data={[
          { value: '', label: 'None' },
          ...status.groups.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ target }) => write({ group: target.value })}
      />
      <Checkbox
        label="Hide it from the public: for members only"
        checked={draft.internal}
        onChange={({ target }) => write({ internal: target.checked })}
      />
      <Failed problem={problem} />
      <div className="buttons">
        <Button type="submit" aria-disabled={busy}>
          {busy ? 'One moment …' : 'Save'}
        </Button>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        {onRemove !== undefined && (
          <Button variant="outline" color="red" aria-label={`Delete ${said.name}`} onClick={onRemove}>
            Delete
          </Button>
        )}
      </div>
    </form>
  );
}

interface Draft {
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly services: string;
  readonly internal: boolean;
}

interface WordsProps {
  readonly draft: Draft;
  onWrite(part: Partial<Draft>): void;
}

function Words({ draft, onWrite }: WordsProps) {
  return (
    <>
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        maxLength={100}
        value={draft.name}
        onChange={({ target }) => onWrite({ name: target.value })}
      />
      <TextInput
        label="Description"
        maxLength={300}
        value={draft.description}
        onChange={({ target }) => onWrite({ description: target.value })}
      />
      <TextInput
        label="Services"
        description="As incidents name them, separated by commas. Never shown in public."
        value={draft.services}
        onChange={({ target }) => onWrite({ services: target.value })}
      />
    </>
  );
}

/** What the API takes; a change takes away what was emptied. */
function bodyOf({ name, description, group, services, internal }: Draft, isChange: boolean) {
  const absent = isChange ? null : undefined;
  return {
    name: name.trim(),
    description: description.trim() || absent,
    group: group || absent,
    services: services
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    internal,
  };
}

/** What the form begins with. */
const saidOf = (component: Component | undefined, version: number) => ({
  name: component?.name ?? '',
  description: component?.description ?? '',
  group: component?.group ?? '',
  services: component?.services?.join(', ') ?? '',
  internal: component?.internal ?? false,
  version,
});
