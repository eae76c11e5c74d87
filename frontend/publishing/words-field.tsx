import { Textarea } from '@mantine/core';

export interface WordsFieldProps {
  readonly label: string;
  readonly rows: number;
  readonly value: string;
  onWrite(text: string): void;
}

/** The words of something that is told on the page. */
export function WordsField({ label, rows, value, onWrite }: WordsFieldProps) {
  return (
    <Textarea
      label={label}
      rows={rows}
      resize="vertical"
      required
      withAsterisk={false}
      maxLength={5_000}
      value={value}
      onChange={({ target }) => onWrite(target.value)}
    />
  );
}
