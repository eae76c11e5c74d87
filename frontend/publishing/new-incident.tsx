import { Button, Checkbox } from '@mantine/core';
import type { FormEvent } from 'react';
import type { UpdateState } from '../../shared/status/nouns.ts';
import { Fold } from '../ui/fold.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { AffectedChoice, affectedOf, type Touched } from './affected-choice.tsx';
import { Failed } from './failed.tsx';
import { TitleAndText } from './title-and-text.tsx';
import { StateChoice } from './update-form.tsx';
import { type Publishing, useChange } from './use-status.ts';

interface Draft {
  readonly title: string;
  readonly state: UpdateState;
  readonly text: string;
  readonly touched: Touched;
  readonly internal: boolean;
}

const empty: Draft = { title: '', state: 'investigating', text: '', touched: {}, internal: false };

/** Tells of an incident by hand. */
export function NewIncident({ api, status, onChanged }: Publishing) {
  const { draft, change: write, forget } = useDraft('page-incident', empty);
  const { change, busy, problem } = useChange(api, () =>
    onChanged(draft.internal ? 'Published for members only.' : 'Published. Everybody can read it.'),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { state, internal, touched } = draft;
    const [title, text] = [draft.title.trim(), draft.text.trim()];
    if (busy || title === '' || text === '') return;
    const body = { title, text, state, internal, affected: affectedOf(touched, status.components) };
    change({ method: 'POST', path: '/incidents', body }, forget);
  };
  return (
    <Fold title="Tell of an incident by hand" isBegun={draft.title !== '' || draft.text !== ''} isCard>
      <form onSubmit={submit} aria-label="A new incident">
        <TitleAndText draft={draft} onWrite={write} />
        <StateChoice state={draft.state} onChoose={(state) => write({ state })} />
        <AffectedChoice
          components={status.components}
          chosen={draft.touched}
          onChoose={(touched) => write({ touched })}
        />
        <Checkbox
          label="Hide it from the public: for members only"
          checked={draft.internal}
          onChange={({ target }) => write({ internal: target.checked })}
        />
        <Failed problem={problem} />
        <Button type="submit" aria-disabled={busy}>
          {busy ? 'One moment …' : 'Publish the incident'}
        </Button>
      </form>
    </Fold>
  );
}
