import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { heartbeatLimits } from '../../../shared/alerts/heartbeats/heartbeat.ts';
import type { Problem } from '../../api/problem.ts';
import { ServiceField } from '../../catalogue/service-field.tsx';
import { SeverityChoice } from '../../incidents/severity-choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type Faults, faultsOf, type HeartbeatDraft } from './heartbeat-draft.ts';
import { LengthField } from './length-field.tsx';

export interface HeartbeatFormProps {
  readonly first: HeartbeatDraft;
  /** A new one has no name yet; the name of another stays. */
  readonly isNew: boolean;
  /** Names of services that are known. */
  readonly known: readonly string[];
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
  onSend(draft: HeartbeatDraft): void;
}

/** What is expected of a heartbeat, and what is said when it stays away. */
export function HeartbeatForm({ first, isNew, known, busy, problem, onSend }: HeartbeatFormProps) {
  const [draft, setDraft] = useState(first);
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const faults = faultsOf(draft);
  const shown = tries > 0 ? faults : {};
  const change = (part: Partial<HeartbeatDraft>) => setDraft((before) => ({ ...before, ...part }));
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
      <Expected {...{ draft, isNew, faults: shown }} onChange={change} />
      <SeverityChoice chosen={draft.severity} onChoose={(severity) => change({ severity })} />
      <ServiceField name={draft.service} known={known} onName={(service) => change({ service })} />
      <Told {...{ draft, faults: shown }} onChange={change} />
      {problem !== undefined && <Notice>{problem.message} What you wrote is kept.</Notice>}
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'One moment …' : isNew ? 'Create' : 'Save'}
      </Button>
    </form>
  );
}

interface PartProps {
  readonly draft: HeartbeatDraft;
  readonly faults: Faults;
  onChange(part: Partial<HeartbeatDraft>): void;
}

/** How often it must call. */
function Expected({ draft, isNew, faults, onChange }: PartProps & Pick<HeartbeatFormProps, 'isNew'>) {
  return (
    <>
      {isNew && (
        <TextInput
          label="Name"
          placeholder="nightly backup"
          required
          withAsterisk={false}
          maxLength={heartbeatLimits.name}
          error={faults.name}
          value={draft.name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      )}
      <LengthField
        label="It calls every"
        description="Counted from its last call."
        error={faults.interval}
        length={draft.interval}
        onChange={(interval) => onChange({ interval })}
      />
      <LengthField
        label="Grace"
        description="How much longer is waited before there is an alert."
        error={faults.grace}
        length={draft.grace}
        onChange={(grace) => onChange({ grace })}
      />
    </>
  );
}

/** What its alert says beside its severity and service. */
function Told({ draft, faults, onChange }: PartProps) {
  return (
    <>
      <TextInput
        label="Title of the alert"
        placeholder={`Heartbeat ${draft.name.trim() || 'nightly backup'} is missing`}
        maxLength={250}
        value={draft.alertTitle}
        onChange={({ target }) => onChange({ alertTitle: target.value })}
      />
      <Textarea
        label="Description"
        description="What to look at first, for whoever is woken."
        rows={2}
        resize="vertical"
        maxLength={1_000}
        value={draft.description}
        onChange={({ target }) => onChange({ description: target.value })}
      />
      <TextInput
        label="Owner team"
        description="Who is asked about it."
        maxLength={100}
        value={draft.ownerTeam}
        onChange={({ target }) => onChange({ ownerTeam: target.value })}
      />
      <TextInput
        label="Tags"
        description="Divided by commas; a label of the alert."
        error={faults.tags}
        value={draft.tags}
        onChange={({ target }) => onChange({ tags: target.value })}
      />
    </>
  );
}
