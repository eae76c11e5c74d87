import { Button, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { needsHuman } from '../../shared/incidents/urgency.ts';
import type { Problem } from '../api/problem.ts';
import { ServiceField } from '../catalogue/service-field.tsx';
import type { OnCallNow } from '../on-call/use-on-call.ts';
import { Notice } from '../ui/notice.tsx';
import { PolicyChoice } from './policy-choice.tsx';
import { SeverityChoice } from './severity-choice.tsx';
import type { DeclarationDraft } from './use-declaration.ts';

export interface DeclarationFormProps {
  readonly draft: DeclarationDraft;
  /** Names of services that are known. */
  readonly known: readonly string[];
  readonly onCall: OnCallNow | undefined;
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
  onChange(part: Partial<DeclarationDraft>): void;
  onDeclare(): void;
}

/** What is wrong, how bad it is, and who is to come. */
export function DeclarationForm({
  draft,
  known,
  onCall,
  busy,
  problem,
  onChange,
  onDeclare,
}: DeclarationFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDeclare();
  };
  return (
    <form className="wide-form" onSubmit={submit}>
      <TextInput
        label="What is wrong"
        required
        withAsterisk={false}
        maxLength={250}
        value={draft.title}
        onChange={({ target }) => onChange({ title: target.value })}
      />
      <SeverityChoice chosen={draft.severity} onChoose={(severity) => onChange({ severity })} />
      <ServiceField name={draft.service} known={known} onName={(service) => onChange({ service })} />
      <Textarea
        label="Description"
        rows={3}
        resize="vertical"
        maxLength={1_000}
        value={draft.description}
        onChange={({ target }) => onChange({ description: target.value })}
      />
      {needsHuman(draft.severity) && (
        <PolicyChoice onCall={onCall} chosen={draft.policy} onChoose={(policy) => onChange({ policy })} />
      )}
      {problem !== undefined && <Notice>{problem.message} What you wrote is kept.</Notice>}
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'One moment …' : 'Declare the incident'}
      </Button>
    </form>
  );
}
