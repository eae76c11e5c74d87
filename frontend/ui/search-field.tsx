import { TextInput } from '@mantine/core';

export interface SearchFieldProps {
  /** Where it looks, such as `Words in the rules`. */
  readonly label: string;
  readonly text: string;
  onText(text: string): void;
}

const MOST_CHARACTERS = 100;

/** A field for words that narrow a list down as they are typed. */
export function SearchField({ label, text, onText }: SearchFieldProps) {
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder="Find words"
      maxLength={MOST_CHARACTERS}
      value={text}
      onChange={({ target }) => onText(target.value)}
    />
  );
}
