import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { toText } from '../../shared/kernel/time.ts';
import { Notice } from '../ui/notice.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { Failed } from './failed.tsx';
import { TitleAndText } from './title-and-text.tsx';
import { type Component, type Publishing, useChange } from './use-status.ts';

const empty = { title: '', text: '', from: '', until: '', components: [] as readonly string[] };
type Draft = typeof empty;

/** Announces work, in the time of the person's own clock. */
export function MaintenanceForm({ api, status, onChanged }: Publishing) {
  const { draft, change: write, forget } = useDraft('maintenance', empty);
  const [isWrong, setWrong] = useState(false);
  const { change, busy, problem } = useChange(api, () => onChanged('The maintenance is announced.'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [from, until] = [Date.parse(draft.from), Date.parse(draft.until)];
    const [title, text] = [draft.title.trim(), draft.text.trim()];
    if (busy || title === '' || text === '') return;
    const isOrdered = from < until;
    setWrong(!isOrdered);
    if (!isOrdered) return;
    const components = draft.components.filter((one) => status.components.some(({ id }) => id === one));
    const body = { title, text, components, from: toText(from), until: toText(until) };
    change({ method: 'POST', path: '/maintenance', body }, forget);
  };
  return (
    <details className="card" open={draft.title !== '' || draft.text !== '' || undefined}>
      <summary>Announce maintenance</summary>
      <form onSubmit={submit} aria-label="New maintenance">
        <TitleAndText draft={draft} onWrite={write} />
        <Times draft={draft} onWrite={write} />
        <Parts components={status.components} draft={draft} onWrite={write} />
        {isWrong && <Notice>The end has to be after the begin. What you wrote is kept.</Notice>}
        <Failed problem={problem} />
        <Button type="submit" aria-disabled={busy}>
          {busy ? 'One moment …' : 'Announce it'}
        </Button>
      </form>
    </details>
  );
}

interface PartProps {
  readonly draft: Draft;
  onWrite(part: Partial<Draft>): void;
}

function Times({ draft, onWrite }: PartProps) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <div className="buttons">
        <TextInput
          type="datetime-local"
          label="From"
          required
          withAsterisk={false}
          value={draft.from}
          onChange={({ target }) => onWrite({ from: target.value })}
        />
        <TextInput
          type="datetime-local"
          label="Until"
          required
          withAsterisk={false}
          value={draft.until}
          onChange={({ target }) => onWrite({ until: target.value })}
        />
      </div>
      <p className="soft">Times are in your zone, {zone}. The page shows them in UTC.</p>
    </>
  );
}

function Parts({ components, draft, onWrite }: PartProps & { readonly components: readonly Component[] }) {
  if (components.length === 0) return null;
  const choose = (id: string, isChosen: boolean) =>
    onWrite({
      components: isChosen ? [...draft.components, id] : draft.components.filter((one) => one !== id),
    });
  return (
    <fieldset className="choices">
      <legend>Components</legend>
      {components.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={draft.components.includes(id)}
          onChange={({ target }) => choose(id, target.checked)}
        />
      ))}
    </fieldset>
  );
}
