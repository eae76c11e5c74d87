import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { type Impact, impacts } from '../../shared/status/nouns.ts';
import { impactWords } from '../status/words.ts';
import { Fold } from '../ui/fold.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { Failed } from './failed.tsx';
import { type PageIncident, type Publishing, useChange } from './use-status.ts';

export interface IncidentEditProps extends Publishing {
  readonly incident: PageIncident;
}

interface Draft {
  readonly title?: string;
  readonly impact?: Impact;
  readonly internal?: boolean;
}

/** What stands over the updates of an incident: its title, its impact, and whether everybody sees it. */
export function IncidentEdit({ api, incident, onChanged }: IncidentEditProps) {
  const { draft, change: write, forget } = useDraft<Draft>(`incident:${incident.id}`, {});
  const { change, busy, problem } = useChange(api, () => onChanged('The incident was changed.'));
  const { title = incident.title, impact = incident.impact, internal = incident.internal ?? false } = draft;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || title.trim() === '') return;
    const body = { ...draft, ...(draft.title !== undefined && { title: title.trim() }) };
    change({ method: 'PATCH', path: `/incidents/${incident.id}`, body }, forget);
  };
  return (
    <Fold title="Title, impact and who sees it" isBegun={Object.keys(draft).length > 0}>
      <form onSubmit={submit} aria-label={`Change ${incident.title}`}>
        <TextInput
          label="Title"
          required
          withAsterisk={false}
          maxLength={200}
          value={title}
          onChange={({ target }) => write({ title: target.value })}
        />
        <NativeSelect
          label="Impact"
          value={impact}
          data={impacts.map((value) => ({ value, label: impactWords[value] }))}
          onChange={({ target }) => write({ impact: impacts.find((one) => one === target.value) ?? impact })}
        />
        <Checkbox
          label="Hide it from the public: for members only"
          checked={internal}
          onChange={({ target }) => write({ internal: target.checked })}
        />
        <Failed problem={problem} />
        <div className="buttons">
          <Button type="submit" aria-disabled={busy}>
            {busy ? 'One moment …' : 'Save'}
          </Button>
          <Button variant="default" onClick={forget}>
            Take back
          </Button>
        </div>
      </form>
    </Fold>
  );
}
