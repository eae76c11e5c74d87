import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { severities } from '../../../shared/alerts/severity.ts';
import { severityText } from '../../../shared/incidents/words.ts';
import { type Faults, faultAt, placeOfWord } from './check-options.ts';
import type { SeverityWord } from './mapping-draft.ts';

export interface SeverityWordsProps {
  readonly words: readonly SeverityWord[];
  readonly faults: Faults;
  onChange(words: readonly SeverityWord[]): void;
}

const choices = severities.map((one) => ({ value: one, label: severityText(one) }));

const nextId = (words: readonly SeverityWord[]): number => Math.max(0, ...words.map(({ id }) => id)) + 1;

/** What the sender's words mean as severities; other words are read as without a mapping. */
export function SeverityWords({ words, faults, onChange }: SeverityWordsProps) {
  const adder = useRef<HTMLButtonElement>(null);
  const changed = (at: number, part: Partial<SeverityWord>) =>
    onChange(words.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <>
      {words.map((one, at) => (
        <div key={one.id} className="severity-word">
          <TextInput
            aria-label={`Word ${at + 1}`}
            placeholder="Word of the sender"
            value={one.word}
            error={
              faultAt(faults, `mapping.severity.words.${one.word.trim()}`) ??
              faultAt(faults, placeOfWord(one))
            }
            onChange={({ target }) => changed(at, { word: target.value })}
          />
          <NativeSelect
            aria-label={`Severity of word ${at + 1}`}
            value={one.severity}
            data={choices}
            onChange={({ target }) =>
              changed(at, { severity: severities.find((each) => each === target.value) ?? one.severity })
            }
          />
          <Button
            variant="default"
            aria-label={`Take away word ${at + 1}`}
            onClick={() => {
              onChange(words.filter((_, place) => place !== at));
              adder.current?.focus();
            }}
          >
            Take away
          </Button>
        </div>
      ))}
      <Button
        variant="default"
        className="own-line"
        ref={adder}
        onClick={() => onChange([...words, { id: nextId(words), word: '', severity: 'P3_MEDIUM' }])}
      >
        Add a word
      </Button>
    </>
  );
}
