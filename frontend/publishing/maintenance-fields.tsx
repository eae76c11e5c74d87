import { Checkbox, TextInput } from '@mantine/core';
import { Fold } from '../ui/fold.tsx';
import type { MaintenanceDraft } from './maintenance-draft.ts';
import { TitleAndText } from './title-and-text.tsx';
import type { Component } from './use-status.ts';

export interface MaintenanceFieldsProps {
  readonly components: readonly Component[];
  readonly draft: MaintenanceDraft;
  onWrite(part: Partial<MaintenanceDraft>): void;
}

/** What is announced of a maintenance: words, times and components. */
export function MaintenanceFields({ components, draft, onWrite }: MaintenanceFieldsProps) {
  return (
    <>
      <TitleAndText draft={draft} onWrite={onWrite} />
      <Times draft={draft} onWrite={onWrite} />
      <Parts {...{ components, draft, onWrite }} />
    </>
  );
}

function Times({ draft, onWrite }: Omit<MaintenanceFieldsProps, 'components'>) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const field = (name: 'from' | 'until', label: string) => (
    <TextInput
      type="datetime-local"
      label={label}
      required
      withAsterisk={false}
      value={draft[name]}
      onChange={({ target }) => onWrite({ [name]: target.value })}
    />
  );
  return (
    <>
      <div className="buttons">
        {field('from', 'From')}
        {field('until', 'Until')}
      </div>
      <p className="soft">Times are in your zone, {zone}. The page shows them in UTC.</p>
    </>
  );
}

function Parts({ components, draft, onWrite }: MaintenanceFieldsProps) {
  if (components.length === 0) return null;
  const choose = (id: string, isChosen: boolean) =>
    onWrite({
      components: isChosen ? [...draft.components, id] : draft.components.filter((one) => one !== id),
    });
  const names = components.filter(({ id }) => draft.components.includes(id)).map(({ name }) => name);
  return (
    <Fold title={names.length === 0 ? 'Choose components' : `Components: ${names.join(', ')}`}>
      <fieldset className="choices">
        <legend>Components</legend>
        {components.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={draft.components.includes(id)}
            onChange={({ target }) => choose(id, target.checked)}
          />
        ))}
      </fieldset>
    </Fold>
  );
}
