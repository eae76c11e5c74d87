import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { HOUR, toText } from '../../shared/kernel/time.ts';
import { instantOf, localText } from '../time/local.ts';
import { Fold } from '../ui/fold.tsx';
import { Notice } from '../ui/notice.tsx';
import type { OverrideBody, useOverrides } from './use-schedule.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface OverrideFormProps {
  /** Who can take over. */
  readonly people: readonly Named[];
  /** Who takes turns, and can be stood in for. */
  readonly turns: readonly Named[];
  readonly overrides: ReturnType<typeof useOverrides>;
}

const emptyDraft = () => ({ person: '', instead: '', ...timesFromNow() });

function timesFromNow() {
  const now = Date.now();
  return { from: localText(toText(now)), to: localText(toText(now + 8 * HOUR)) };
}

/** Has somebody take over, for one person or for whoever is on call, in the time of the reader's own clock. */
export function OverrideForm({ people, turns, overrides }: OverrideFormProps) {
  const { add, busy, problem } = overrides;
  const [draft, setDraft] = useState(emptyDraft);
  const [isWrong, setWrong] = useState(false);
  const write = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isOrdered = instantOf(draft.to) > instantOf(draft.from);
    setWrong(!isOrdered);
    if (!busy && isOrdered && draft.person !== '') add(bodyOf(draft), () => setDraft(emptyDraft()));
  };
  const options = (all: readonly Named[], first: string) => [
    { value: '', label: first },
    ...all.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Fold title="Have somebody take over" isBegun={draft.person !== ''}>
      <form className="override" onSubmit={submit} aria-label="New override">
        <NativeSelect
          label="Who takes over"
          required
          withAsterisk={false}
          value={draft.person}
          data={options(people, 'Choose a person')}
          onChange={({ target }) => write({ person: target.value })}
        />
        <NativeSelect
          label="For whom"
          value={draft.instead}
          data={options(
            turns.filter(({ id }) => id !== draft.person),
            'Whoever is on call',
          )}
          onChange={({ target }) => write({ instead: target.value })}
        />
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            type="datetime-local"
            label={name === 'from' ? 'From' : 'Until'}
            required
            withAsterisk={false}
            value={draft[name]}
            onChange={({ target }) => write({ [name]: target.value })}
          />
        ))}
        {isWrong && <Notice>The end has to be after the begin.</Notice>}
        {problem !== undefined && <Notice>{problem.message}</Notice>}
        <Button type="submit" aria-disabled={busy}>
          {busy ? 'One moment …' : 'Take over'}
        </Button>
        <p className="soft">Times are in your zone, {Intl.DateTimeFormat().resolvedOptions().timeZone}.</p>
      </form>
    </Fold>
  );
}

function bodyOf({ person, instead, from, to }: ReturnType<typeof emptyDraft>): OverrideBody {
  return {
    person,
    ...(instead !== '' && { instead }),
    from: toText(instantOf(from)),
    to: toText(instantOf(to)),
  };
}
