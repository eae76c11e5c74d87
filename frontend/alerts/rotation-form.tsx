import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { Notice } from '../ui/notice.tsx';
import type { RotationWish } from './use-integration.ts';

export interface RotationFormProps {
  readonly what: RotationWish['what'];
  /** Who makes a secret up. */
  readonly secretBy?: 'source' | 'us';
  /** There was no secret before. */
  readonly isFirst?: boolean;
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
  onRotate(wish: RotationWish): void;
}

const overlaps = [
  { value: '24', label: 'a day' },
  { value: '1', label: 'an hour' },
  { value: '168', label: 'a week' },
  { value: '0', label: 'not at all: it may be known to somebody' },
];

/** What is replaced, and how long the one of before is still taken, so that there is time to paste the new one. */
export function RotationForm({
  what,
  secretBy,
  isFirst = false,
  busy,
  problem,
  onRotate,
}: RotationFormProps) {
  const [secret, setSecret] = useState('');
  const [overlap, setOverlap] = useState('24');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = secretBy === 'source' ? { secret: secret.trim() } : {};
    onRotate({ what, ...given, overlapHours: Number(overlap) });
  };
  return (
    <form className="line-form" onSubmit={submit}>
      {secretBy === 'source' && (
        <TextInput
          label="The secret that the source shows"
          type="password"
          autoComplete="off"
          required
          withAsterisk={false}
          minLength={8}
          maxLength={256}
          value={secret}
          onChange={({ target }) => setSecret(target.value)}
        />
      )}
      <NativeSelect
        label={isFirst ? 'Also take what is not signed for' : 'Also take the old one for'}
        value={overlap}
        data={overlaps}
        onChange={({ target }) => setOverlap(target.value)}
      />
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'One moment …' : wordOf(what, secretBy)}
      </Button>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
    </form>
  );
}

const wordOf = (what: RotationWish['what'], secretBy: RotationFormProps['secretBy']): string => {
  if (what === 'key') return 'Make a new key';
  return secretBy === 'source' ? 'Set this secret' : 'Make a new secret';
};
