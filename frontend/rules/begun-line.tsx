import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Question } from '../ui/question.tsx';
import { formatOf, hasComment, reformatted } from './begun.ts';
import type { Scope } from './checked.ts';
import type { useRuleDraft } from './use-rule-draft.ts';

export interface BegunLineProps {
  readonly draft: ReturnType<typeof useRuleDraft>;
  readonly scope: Scope;
  /** Whether the text can be read at all. */
  readonly isReadable: boolean;
  /** The version that is in force. */
  readonly inForce: number;
  onScope(scope: Scope): void;
}

const scopeChoices = [
  { value: 'rules', label: 'The rules' },
  { value: 'configuration', label: 'The whole configuration' },
];

/** What the draft is of, what it was begun from, and ways to begin anew or to write it in the other format. */
export function BegunLine({
  draft: { text, from, isWritten, write, forget },
  scope,
  isReadable,
  inForce,
  onScope,
}: BegunLineProps) {
  const isCurrent = from === inForce;
  return (
    <div className="line-form">
      <NativeSelect
        className="choose"
        label="Draft of"
        data={scopeChoices}
        value={scope}
        onChange={({ target }) => onScope(target.value === 'rules' ? 'rules' : 'configuration')}
      />
      <OtherFormat {...{ text, isReadable }} onWrite={write} />
      <Anew {...{ inForce, isWritten }} onForget={forget} />
      <p className={isCurrent ? 'soft whole' : 'went-on whole'}>
        {isCurrent
          ? `Begun from version ${from}, which is in force.`
          : `Begun from version ${from}; version ${inForce} is in force by now.`}
      </p>
    </div>
  );
}

interface OtherFormatProps extends Pick<BegunLineProps, 'isReadable'> {
  readonly text: string;
  onWrite(text: string): void;
}

function OtherFormat({ text, isReadable, onWrite }: OtherFormatProps) {
  const other = formatOf(text) === 'YAML' ? 'JSON' : 'YAML';
  const rewrite = () => {
    const written = reformatted(text);
    if (written !== undefined) onWrite(written);
  };
  return (
    <Button variant="default" aria-disabled={!isReadable} onClick={rewrite}>
      {hasComment(text) ? `As ${other}, without comments` : `As ${other}`}
    </Button>
  );
}

interface AnewProps {
  readonly inForce: number;
  readonly isWritten: boolean;
  onForget(): void;
}

function Anew({ inForce, isWritten, onForget }: AnewProps) {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button variant="default" aria-disabled={!isWritten} onClick={() => isWritten && setAsks(true)}>
        Begin anew
      </Button>
      {asks && (
        <Question
          verb="Discard"
          name="the draft"
          consequence={`What was written is lost, and the draft begins with version ${inForce}.`}
          busy={false}
          onYes={() => {
            setAsks(false);
            onForget();
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}
