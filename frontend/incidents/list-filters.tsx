import { Button, NativeSelect } from '@mantine/core';
import { SearchField } from '../ui/search-field.tsx';
import type { Wanted } from './listing.ts';

export interface ListFiltersProps {
  readonly wanted: Wanted;
  /** The services that are known, by name. */
  readonly known: readonly string[];
  /** What is being typed. */
  readonly text: string;
  onText(text: string): void;
  onService(name: string | undefined): void;
  onClear(): void;
}

/** Which of the incidents are wanted: those of a service, those with some words. */
export function ListFilters({ wanted, known, text, onText, onService, onClear }: ListFiltersProps) {
  const { severity, service } = wanted;
  const names = [...new Set([...known, ...(service === undefined ? [] : [service])])].sort();
  const isFiltered = severity !== undefined || service !== undefined || text !== '';
  return (
    <search className="filters">
      <SearchField label="Words in the incidents shown" text={text} onText={onText} />
      <NativeSelect
        aria-label="Service"
        value={service ?? ''}
        data={[{ value: '', label: 'Every service' }, ...names.map((name) => ({ value: name, label: name }))]}
        onChange={({ target }) => onService(target.value === '' ? undefined : target.value)}
      />
      {isFiltered && (
        <Button variant="subtle" onClick={onClear}>
          Clear the filters
        </Button>
      )}
    </search>
  );
}
