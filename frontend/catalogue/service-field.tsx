import { TextInput } from '@mantine/core';
import { useId } from 'react';

export interface ServiceFieldProps {
  readonly name: string;
  /** Names of services that are known. */
  readonly known: readonly string[];
  onName(name: string): void;
}

/** A service by name; those that are known are suggested. */
export function ServiceField({ name, known, onName }: ServiceFieldProps) {
  const names = useId();
  return (
    <>
      <TextInput
        label="Service"
        maxLength={100}
        list={names}
        value={name}
        onChange={({ target }) => onName(target.value)}
      />
      <datalist id={names}>
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
