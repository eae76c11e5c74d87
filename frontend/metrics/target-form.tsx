import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type TargetMeasure, targetMeasures } from '../../shared/metrics/targets.ts';
import { useTask } from '../api/use-task.ts';
import { Notice } from '../ui/notice.tsx';
import { lengthIn, lengthText } from './length.ts';
import { rowWords, type TargetRow, targetOf, targetRows } from './target-rows.ts';
import type { TargetsProps } from './targets.tsx';

type Draft = Readonly<Record<string, string>>;

const field = (measure: TargetMeasure, row: TargetRow) => `${measure} ${row}`;

/** A field for each target; an empty one is none. */
export function TargetForm({ api, stored, onSaved }: Omit<TargetsProps, 'role'>) {
  const { busy, problem, run } = useTask();
  const [draft, setDraft] = useState<Draft>(() => draftOf(stored));
  const wrong = (name: string) => {
    const text = draft[name] ?? '';
    return text.trim() !== '' && lengthIn(text) === undefined;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(draft).some(wrong)) return;
    run(async () => {
      const body = changeOf(draft);
      await api.call('/api/metrics/targets', { method: 'POST', body, ifVersion: stored.version });
      onSaved();
    });
  };
  return (
    <form onSubmit={submit} className="target-form">
      {targetRows.map((row) => (
        <fieldset key={row}>
          <legend>{rowWords(row)}</legend>
          {targetMeasures.map((measure) => {
            const name = field(measure, row);
            return (
              <TextInput
                key={name}
                label={measure.toUpperCase()}
                aria-label={`${rowWords(row)}, ${measure.toUpperCase()}`}
                placeholder="none"
                value={draft[name] ?? ''}
                error={wrong(name) ? 'Write it as 15 min, 2 h or 1 d 4 h' : undefined}
                onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
              />
            );
          })}
        </fieldset>
      ))}
      <Button type="submit" aria-disabled={busy}>
        Save the targets
      </Button>
      {problem !== undefined && <Notice>Not saved: {problem.message}</Notice>}
    </form>
  );
}

function draftOf(stored: TargetsProps['stored']): Draft {
  return Object.fromEntries(
    targetRows.flatMap((row) =>
      targetMeasures.map((measure) => {
        const target = targetOf(stored, measure, row);
        return [field(measure, row), target === undefined ? '' : lengthText(target)];
      }),
    ),
  );
}

/** The whole of the form as a change: what is empty is removed. */
function changeOf(draft: Draft): object {
  const set = (measure: TargetMeasure) => {
    const length = (row: TargetRow) => lengthIn(draft[field(measure, row)] ?? '') ?? null;
    const own = targetRows.filter((row) => row !== 'overall');
    return { severity: Object.fromEntries(own.map((row) => [row, length(row)])), overall: length('overall') };
  };
  return { mtta: set('mtta'), mttr: set('mttr') };
}
