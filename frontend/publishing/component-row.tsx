import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { workings } from '../../shared/status/nouns.ts';
import { statusWords } from '../status/words.ts';
import { workingChoices } from './affected-choice.tsx';
import { ComponentForm } from './component-form.tsx';
import { Failed } from './failed.tsx';
import { MoveButtons } from './move-buttons.tsx';
import type { Removed } from './removal.tsx';
import { type Component, type Publishing, useChange } from './use-status.ts';

export interface ComponentRowProps extends Publishing {
  readonly component: Component;
  /** While the order is changed: the ids of those beside which it stands, itself included. */
  readonly among?: readonly string[] | undefined;
  onRemove(removed: Removed): void;
}

/** One component: how it works, or its place while that is changed. */
export function ComponentRow({ component, among, ...rest }: ComponentRowProps) {
  const { id, name } = component;
  return (
    <li>
      <div className="grow">
        <b dir="auto">{name}</b>
        <p className="soft">{aboutOf(component)}</p>
      </div>
      {among === undefined ? (
        <Work component={component} {...rest} />
      ) : (
        <MoveButtons {...{ name, id, among, ...rest }} path={`/components/${id}`} />
      )}
    </li>
  );
}

/** How a component works, and a form for all else that is said of it. */
function Work({ component, onRemove, ...publishing }: Omit<ComponentRowProps, 'among'>) {
  const { id, name } = component;
  const path = `/components/${id}`;
  const [isEditing, setEditing] = useState(false);
  const { change, busy, problem } = useChange(publishing.api, () =>
    publishing.onChanged(`The status of ${name} was set.`),
  );
  const set = (said: string) => {
    const next = workings.find((one) => one === said);
    if (next !== undefined && !busy)
      change({ method: 'PUT', path: `${path}/status`, body: { status: next } });
  };
  const consequence = 'It leaves the page at once; its history is kept.';
  return (
    <>
      <StatusChoice of={component} onChoose={set} />
      <Button
        variant="default"
        aria-expanded={isEditing}
        aria-label={`Edit ${name}`}
        onClick={() => setEditing(!isEditing)}
      >
        Edit
      </Button>
      <Failed problem={problem} />
      {isEditing && (
        <ComponentForm
          component={component}
          {...publishing}
          onClose={() => setEditing(false)}
          onRemove={() => onRemove({ name, path, consequence })}
        />
      )}
    </>
  );
}

function aboutOf({ internal, services = [] }: Component): string {
  const mapped = services.length === 0 ? 'No service is mapped to it' : `Services: ${services.join(', ')}`;
  return internal === true ? `For members only. ${mapped}` : mapped;
}

interface StatusChoiceProps {
  readonly of: Component;
  onChoose(said: string): void;
}

function StatusChoice({ of: { name, status }, onChoose }: StatusChoiceProps) {
  const asItIs = { value: status, label: statusWords[status] };
  return (
    <NativeSelect
      aria-label={`Status of ${name}`}
      value={status}
      data={status === 'under_maintenance' ? [asItIs, ...workingChoices] : workingChoices}
      onChange={({ target }) => onChoose(target.value)}
    />
  );
}
