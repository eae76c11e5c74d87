import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { PersonRef } from '../../shared/incidents/index.ts';
import type { ActionPart } from '../../shared/war-room/index.ts';
import { limits } from '../../shared/war-room/limits.ts';

/** What may be said of an action. */
export interface ActionChange {
  readonly done?: boolean;
  readonly assignee?: string | null;
  readonly due?: string | null;
}

export interface ActionsProps {
  readonly actions: readonly ActionPart[];
  readonly members: readonly PersonRef[];
  readonly mayWrite: boolean;
  /** Today, `2026-11-28`: what was due before is late. */
  readonly today: string;
  onAdd(text: string): void;
  onChange(action: ActionPart['action'], change: ActionChange): void;
}

/** What is to be done, by whom and until when. */
export function Actions({ actions, members, mayWrite, today, onAdd, onChange }: ActionsProps) {
  const open = actions.filter(({ done }) => !done).length;
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">Actions{actions.length > 0 && ` (${open} open)`}</h2>
      {actions.length === 0 && <p className="soft">Nothing to be done yet.</p>}
      <ul className="action-items">
        {actions.map((action) => (
          <Item
            key={action.action}
            {...{ action, members, mayWrite, onChange }}
            isLate={isLate(action, today)}
          />
        ))}
      </ul>
      {mayWrite && <NewAction onAdd={onAdd} />}
    </section>
  );
}

const isLate = ({ done, due }: ActionPart, today: string): boolean => !done && due !== null && due < today;

interface ItemProps extends Pick<ActionsProps, 'members' | 'mayWrite' | 'onChange'> {
  readonly action: ActionPart;
  readonly isLate: boolean;
}

function Item({ action, isLate, members, mayWrite, onChange }: ItemProps) {
  const { action: id, text, done } = action;
  const label = <bdi className={done ? 'finished' : ''}>{text}</bdi>;
  if (!mayWrite) return <ReadOnly action={action}>{label}</ReadOnly>;
  return (
    <li>
      <Checkbox
        label={label}
        checked={done}
        onChange={({ target }) => onChange(id, { done: target.checked })}
      />
      <div className="who-when">
        <Assignee {...{ action, members, onChange }} />
        <TextInput
          size="xs"
          type="date"
          aria-label={`Due day of ${text}`}
          value={action.due ?? ''}
          onChange={({ target }) => onChange(id, { due: target.value === '' ? null : target.value })}
        />
        {isLate && <span className="late">Late</span>}
      </div>
    </li>
  );
}

function ReadOnly({ action, children }: { readonly action: ActionPart; readonly children: ReactNode }) {
  const { done, assignee, due } = action;
  return (
    <li>
      {done ? '☑' : '☐'} {children}{' '}
      <span className="soft">
        {assignee?.name ?? 'Nobody'}
        {due !== null && `, due ${due}`}
      </span>
    </li>
  );
}

/** Who does it; somebody who has left the organisation stays a choice where they are chosen. */
function Assignee({ action, members, onChange }: Pick<ItemProps, 'action' | 'members' | 'onChange'>) {
  const { action: id, text, assignee } = action;
  const known = members.some((member) => member.id === assignee?.id);
  const choices = [...members, ...(assignee && !known ? [assignee] : [])];
  return (
    <NativeSelect
      size="xs"
      aria-label={`Assignee of ${text}`}
      value={assignee?.id ?? ''}
      data={[{ value: '', label: 'Nobody' }, ...choices.map((one) => ({ value: one.id, label: one.name }))]}
      onChange={({ target }) => onChange(id, { assignee: target.value === '' ? null : target.value })}
    />
  );
}

function NewAction({ onAdd }: Pick<ActionsProps, 'onAdd'>) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onAdd(text.trim());
    setText('');
  };
  return (
    <form className="new-action" onSubmit={submit}>
      <TextInput
        aria-label="New action"
        placeholder="New action"
        maxLength={limits.actionText}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit" variant="default">
        Add
      </Button>
    </form>
  );
}
