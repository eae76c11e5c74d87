import { NativeSelect } from '@mantine/core';

export interface ChoiceProps<Key extends string> {
  readonly label: string;
  /** What is called that nothing is chosen; absent where something always is. */
  readonly all: string | undefined;
  readonly value: Key | undefined;
  readonly choices: Readonly<Record<Key, string>>;
  onChoose(key: Key | undefined): void;
}

/** One of several values of a filter, or none. */
export function Choice<Key extends string>({ label, all, value, choices, onChoose }: ChoiceProps<Key>) {
  const data = Object.entries<string>(choices).map(([key, name]) => ({ value: key, label: name }));
  return (
    <NativeSelect
      aria-label={label}
      value={value ?? ''}
      data={all === undefined ? data : [{ value: '', label: all }, ...data]}
      onChange={({ target }) => onChoose(target.value === '' ? undefined : (target.value as Key))}
    />
  );
}
