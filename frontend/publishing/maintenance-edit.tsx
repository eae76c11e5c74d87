import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useDraft } from '../ui/use-draft.ts';
import { Failed, isConflict } from './failed.tsx';
import { changesOf, draftedOf, isOrdered, type MaintenanceDraft } from './maintenance-draft.ts';
import { MaintenanceFields } from './maintenance-fields.tsx';
import { Backwards } from './maintenance-form.tsx';
import { type Maintenance, type Publishing, useChange } from './use-status.ts';

export interface MaintenanceEditProps extends Publishing {
  readonly maintenance: Maintenance;
  readonly isOpen: boolean;
  onClose(): void;
}

type Begun = Partial<MaintenanceDraft> & {
  /** The version of the page that it was begun from. */
  readonly version?: number;
};

/** Changes what is announced. Only what was written is sent; all else stays as it is by then. */
export function MaintenanceEdit({
  api,
  status,
  maintenance,
  isOpen,
  onClose,
  onChanged,
}: MaintenanceEditProps) {
  const { id, title } = maintenance;
  const { draft: begun, change: write, forget } = useDraft<Begun>(`maintenance:${id}`, {});
  const [isWrong, setWrong] = useState(false);
  const { change, busy, problem } = useChange(api, () => onChanged(`${title} was changed.`));
  const { version, ...written } = begun;
  const draft = { ...draftedOf(maintenance), ...written };
  const close = () => {
    forget();
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || draft.title.trim() === '' || draft.text.trim() === '') return;
    setWrong(!isOrdered(draft));
    if (!isOrdered(draft)) return;
    const body = changesOf(draft, maintenance, status.components);
    if (Object.keys(body).length === 0) return close();
    // After a conflict was told, what is sent again is meant for the page as it is shown now.
    const seen = problem !== undefined && isConflict(problem) ? status.version : (version ?? status.version);
    change({ method: 'PATCH', path: `/maintenance/${id}`, body, ifVersion: seen }, close);
  };
  if (!isOpen && version === undefined) return null;
  return (
    <form onSubmit={submit} aria-label={`Change ${title}`}>
      <MaintenanceFields
        components={status.components}
        draft={draft}
        onWrite={(part) => write({ ...part, version: version ?? status.version })}
      />
      {isWrong && <Backwards />}
      <Failed problem={problem} />
      <div className="buttons">
        <Button type="submit" aria-disabled={busy}>
          {busy ? 'One moment …' : 'Save'}
        </Button>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
