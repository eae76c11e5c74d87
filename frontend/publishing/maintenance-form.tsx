import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Fold } from '../ui/fold.tsx';
import { Notice } from '../ui/notice.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { Failed } from './failed.tsx';
import { bodyOf, emptyMaintenance, isOrdered } from './maintenance-draft.ts';
import { MaintenanceFields } from './maintenance-fields.tsx';
import { type Publishing, useChange } from './use-status.ts';

/** Announces work, in the time of the person's own clock. */
export function MaintenanceForm({ api, status, onChanged }: Publishing) {
  const { components } = status;
  const { draft, change: write, forget } = useDraft('maintenance', emptyMaintenance);
  const [isWrong, setWrong] = useState(false);
  const { change, busy, problem } = useChange(api, () => onChanged('The maintenance is announced.'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || draft.title.trim() === '' || draft.text.trim() === '') return;
    setWrong(!isOrdered(draft));
    if (isOrdered(draft))
      change({ method: 'POST', path: '/maintenance', body: bodyOf(draft, components) }, forget);
  };
  return (
    <Fold title="Announce maintenance" isBegun={draft.title !== '' || draft.text !== ''} isCard>
      <form onSubmit={submit} aria-label="New maintenance">
        <MaintenanceFields components={components} draft={draft} onWrite={write} />
        {isWrong && <Backwards />}
        <Failed problem={problem} />
        <Button type="submit" aria-disabled={busy}>
          {busy ? 'One moment …' : 'Announce it'}
        </Button>
      </form>
    </Fold>
  );
}

/** Said of times that cannot be. */
export function Backwards() {
  return <Notice>The end has to be after the begin. What you wrote is kept.</Notice>;
}
