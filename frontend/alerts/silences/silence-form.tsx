import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../api/problem.ts';
import type { Api } from '../../api/use-api.ts';
import { Notice } from '../../ui/notice.tsx';
import { Preview } from './preview.tsx';
import { emptyDraft, type Faults, faultsOf, lengths, type SilenceDraft, saysWhich } from './silence-draft.ts';

export interface SilenceFormProps {
  readonly api: Api;
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
  onSend(draft: SilenceDraft): void;
}

const kinds = [
  { value: 'silence', label: 'Alerts that fit matchers' },
  { value: 'maintenance', label: 'Services under maintenance; running escalations wait too' },
];

/** Which alerts are kept quiet, for how long, and why. */
export function SilenceForm({ api, busy, problem, onSend }: SilenceFormProps) {
  const [draft, setDraft] = useState(emptyDraft);
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const faults = faultsOf(draft);
  const shown = tries > 0 ? faults : {};
  const change = (part: Partial<SilenceDraft>) => setDraft((before) => ({ ...before, ...part }));
  // What is wrong is said where it is; the keyboard goes to the first.
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setTries((count) => count + 1);
    if (Object.keys(faults).length === 0) onSend(draft);
  };
  return (
    <form className="wide-form" ref={form} onSubmit={submit} noValidate>
      <Fields {...{ draft, faults: shown }} onChange={change} />
      {saysWhich(draft) && <Preview api={api} draft={draft} />}
      {problem !== undefined && <Notice>{problem.message} What you wrote is kept.</Notice>}
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'One moment …' : 'Keep quiet'}
      </Button>
    </form>
  );
}

interface PartProps {
  readonly draft: SilenceDraft;
  readonly faults: Faults;
  onChange(part: Partial<SilenceDraft>): void;
}

function Fields({ draft, faults, onChange }: PartProps) {
  return (
    <>
      <NativeSelect
        label="What"
        data={kinds}
        value={draft.kind}
        onChange={({ target }) =>
          onChange({ kind: target.value === 'maintenance' ? 'maintenance' : 'silence' })
        }
      />
      {draft.kind === 'silence' ? (
        <Matchers {...{ draft, faults }} onChange={onChange} />
      ) : (
        <TextInput
          label="Services under maintenance"
          description="Divided by commas."
          error={faults.services}
          value={draft.services}
          onChange={({ target }) => onChange({ services: target.value })}
        />
      )}
      <NativeSelect
        label="For"
        data={lengths}
        value={draft.lasts}
        onChange={({ target }) => onChange({ lasts: target.value })}
      />
      <TextInput
        label="Why"
        maxLength={500}
        error={faults.comment}
        value={draft.comment}
        onChange={({ target }) => onChange({ comment: target.value })}
      />
    </>
  );
}

function Matchers({ draft, faults, onChange }: PartProps) {
  return (
    <>
      <Textarea
        label="Matchers"
        description="One on each line; all must fit. Labels, or title, service, source, integration and severity."
        placeholder={'service="checkout"\nhost=~"db.*"'}
        rows={3}
        resize="vertical"
        error={faults.matchers}
        value={draft.matchers}
        onChange={({ target }) => onChange({ matchers: target.value })}
      />
      <Checkbox
        label="Until resolved"
        description="For each alert it ends with its first resolve: when it fires again, somebody is paged."
        checked={draft.untilResolved}
        onChange={({ target }) => onChange({ untilResolved: target.checked })}
      />
    </>
  );
}
