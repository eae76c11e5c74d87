import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { Notice } from '../ui/notice.tsx';
import { useInviting } from './use-subscribers.ts';

export interface InviteFormProps {
  readonly api: Api;
  readonly page: string;
  onAsked(email: string): void;
}

/** Asks an address whether it wants the mails: the same question as by the form of the public page. */
export function InviteForm({ api, page, onAsked }: InviteFormProps) {
  const [email, setEmail] = useState('');
  const { invite, busy, problem } = useInviting(api, page, onAsked);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) invite(email.trim(), () => setEmail(''));
  };
  return (
    <form className="line-form card" onSubmit={submit}>
      <TextInput
        label="E-mail address"
        description="Gets one mail with a link. Updates come after that was confirmed."
        type="email"
        required
        withAsterisk={false}
        maxLength={254}
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'One moment …' : 'Ask to subscribe'}
      </Button>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
    </form>
  );
}
