import { NativeSelect } from '@mantine/core';
import { type Working, workings } from '../../shared/status/nouns.ts';
import { statusWords } from '../status/words.ts';
import type { Component } from './use-status.ts';

/** How each component is touched, by its id; those that are left out are not. */
export type Touched = Readonly<Record<string, Working>>;

export interface AffectedChoiceProps {
  readonly components: readonly Component[];
  readonly chosen: Touched;
  onChoose(chosen: Touched): void;
}

/** Which components an update is about, and how they work: those that are chosen, and a list of the others. */
export function AffectedChoice({ components, chosen, onChoose }: AffectedChoiceProps) {
  const choose = (id: string, said: string) => {
    const { [id]: _, ...others } = chosen;
    const status = workings.find((one) => one === said);
    onChoose(status === undefined ? others : { ...others, [id]: status });
  };
  if (components.length === 0) return null;
  const touched = components.filter(({ id }) => chosen[id] !== undefined);
  const others = components.filter(({ id }) => chosen[id] === undefined);
  return (
    <fieldset className="choices">
      <legend>Affected components</legend>
      {touched.map(({ id, name }) => (
        <NativeSelect
          key={id}
          label={name}
          value={chosen[id] ?? ''}
          data={[...workingChoices, { value: '', label: 'Not affected' }]}
          onChange={({ target }) => choose(id, target.value)}
        />
      ))}
      {others.length > 0 && (
        <NativeSelect
          label={touched.length === 0 ? 'Add a component' : 'Add another component'}
          value=""
          data={[
            { value: '', label: touched.length === 0 ? 'None is affected' : 'No other one' },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ target }) => choose(target.value, 'degraded_performance')}
        />
      )}
    </fieldset>
  );
}

/** How a component can work, as choices in words. */
export const workingChoices = workings.map((value) => ({ value, label: statusWords[value] }));

/** What the API takes of a choice; components that were removed meanwhile are left out. */
export const affectedOf = (chosen: Touched, components: readonly Component[]) =>
  Object.entries(chosen)
    .filter(([component]) => components.some(({ id }) => id === component))
    .map(([component, status]) => ({ component, status }));

/** A choice of what an update says. */
export const touchedIn = (affected: readonly { component: string; status: Working }[]): Touched =>
  Object.fromEntries(affected.map(({ component, status }) => [component, status]));
