import { TextInput } from '@mantine/core';
import { WordsField } from './words-field.tsx';

interface Words {
  readonly title: string;
  readonly text: string;
}

export interface TitleAndTextProps {
  readonly draft: Words;
  onWrite(part: Partial<Words>): void;
}

/** What something on the page is called, and what it says. */
export function TitleAndText({ draft, onWrite }: TitleAndTextProps) {
  return (
    <>
      <TextInput
        label="Title"
        required
        withAsterisk={false}
        maxLength={200}
        value={draft.title}
        onChange={({ target }) => onWrite({ title: target.value })}
      />
      <WordsField
        label="What people should know"
        rows={3}
        value={draft.text}
        onWrite={(text) => onWrite({ text })}
      />
    </>
  );
}
