import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { Notice } from '../ui/notice.tsx';
import { setups, sourceNames } from './setups/index.ts';
import type { IntegrationWish } from './use-integrations.ts';

export interface IntegrationFormProps {
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
  onMake(wish: IntegrationWish): void;
}

/** What is to send alerts here, and how it is called. */
export function IntegrationForm({ busy, problem, onMake }: IntegrationFormProps) {
  const [name, setName] = useState('');
  const [source, setSource] = useState<IntegrationWish['source']>(sourceNames[0]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') onMake({ name: name.trim(), source });
  };
  return (
    <form className="line-form" onSubmit={submit}>
      <NativeSelect
        label="Source"
        value={source}
        data={sourceNames.map((one) => ({ value: one, label: setups[one].name }))}
        onChange={({ target }) =>
          setSource(sourceNames.find((one) => one === target.value) ?? sourceNames[0])
        }
      />
      <TextInput
        label="Name"
        placeholder="Where it sends from"
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'One moment …' : 'Create'}
      </Button>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
    </form>
  );
}
