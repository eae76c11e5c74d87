import { Textarea, TextInput } from '@mantine/core';

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
      <Textarea
        label="What people should know"
        rows={3}
        resize="vertical"
        required
        withAsterisk={false}
        maxLength={5_000}
        value={draft.text}
        onChange={({ target }) => onWrite({ text: target.value })}
      />
    </>
  );
}
