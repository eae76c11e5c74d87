import { Button, NativeSelect } from '@mantine/core';
import type { FormEvent } from 'react';
import { type UpdateState, updateStates } from '../../shared/status/nouns.ts';
import { stateWords } from '../status/words.ts';
import { Fold } from '../ui/fold.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { AffectedChoice, affectedOf, type Touched, touchedIn } from './affected-choice.tsx';
import { Failed } from './failed.tsx';
import { type PageIncident, type Publishing, useChange } from './use-status.ts';
import { WordsField } from './words-field.tsx';

export interface UpdateFormProps extends Publishing {
  readonly incident: PageIncident;
}

interface Draft {
  readonly state: UpdateState | '';
  readonly text: string;
  /** Absent until somebody chooses: then it follows what the incident says. */
  readonly touched?: Touched;
}

const empty: Draft = { state: '', text: '' };

/** What is new about an incident that the page tells; resolved is the last. */
export function UpdateForm({ api, status, incident, onChanged }: UpdateFormProps) {
  const { draft, change: write, forget } = useDraft<Draft>(`update:${incident.id}`, empty);
  const { change, busy, problem } = useChange(api, () =>
    onChanged(incident.internal ? 'Published for members only.' : 'Published. Everybody can read it.'),
  );
  const state = draft.state || incident.state;
  const touched = draft.touched ?? touchedIn(incident.affected);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = draft.text.trim();
    if (busy || text === '') return;
    const affected = draft.touched && affectedOf(draft.touched, status.components);
    const body = { state, text, ...(affected && state !== 'resolved' && { affected }) };
    change({ method: 'POST', path: `/incidents/${incident.id}/updates`, body }, forget);
  };
  return (
    <Fold title="Publish the next update" isBegun={isBegun(draft)} isMain>
      <form onSubmit={submit} aria-label={`Next update of ${incident.title}`}>
        <StateChoice state={state} onChoose={(state) => write({ state })} />
        <WordsField label="What is new" rows={3} value={draft.text} onWrite={(text) => write({ text })} />
        {state === 'resolved' ? (
          <p className="soft">This is the last update; its components work again.</p>
        ) : (
          <AffectedChoice
            components={status.components}
            chosen={touched}
            onChoose={(touched) => write({ touched })}
          />
        )}
        <Failed problem={problem} />
        <Button type="submit" aria-disabled={busy}>
          {busy ? 'One moment …' : 'Publish the update'}
        </Button>
      </form>
    </Fold>
  );
}

const isBegun = ({ state, text, touched }: Draft): boolean =>
  state !== '' || text !== '' || touched !== undefined;

interface StateChoiceProps {
  readonly state: UpdateState;
  onChoose(state: UpdateState): void;
}

/** Where an incident stands, as the page tells it. */
export function StateChoice({ state, onChoose }: StateChoiceProps) {
  return (
    <NativeSelect
      label="It is now"
      value={state}
      data={updateStates.map((value) => ({ value, label: stateWords[value] }))}
      onChange={({ target }) => onChoose(updateStates.find((one) => one === target.value) ?? state)}
    />
  );
}
