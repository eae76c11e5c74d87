import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { impactWords, stateWords, statusWords } from '../status/words.ts';
import { Fold } from '../ui/fold.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { AffectedChoice, affectedOf, type Touched, touchedIn } from './affected-choice.tsx';
import { Failed } from './failed.tsx';
import { type Proposal, type Publishing, useChange } from './use-status.ts';
import { WordsField } from './words-field.tsx';

export interface ProposalCardProps extends Publishing {
  readonly proposal: Proposal;
}

interface Draft {
  readonly title: string;
  readonly text: string;
  /** Absent until somebody chooses: then it follows what is proposed. */
  readonly touched?: Touched;
}

/** What an incident proposes to tell; a person changes words and components, and publishes or dismisses it. */
export function ProposalCard({ api, status, proposal, onChanged }: ProposalCardProps) {
  const { id, title, text, internal } = proposal;
  const { draft, change: write, forget } = useDraft<Draft>(`proposal:${id}`, { title, text });
  const publishing = useChange(api, () =>
    onChanged(internal ? 'Published for members only.' : 'Published. Everybody can read it.'),
  );
  const dismissing = useChange(api, () => onChanged('Dismissed. It is not proposed again.'));
  const isBusy = publishing.busy || dismissing.busy;
  const publish = (event: FormEvent) => {
    event.preventDefault();
    const words = { title: draft.title.trim(), text: draft.text.trim() };
    if (isBusy || words.title === '' || words.text === '') return;
    const affected = draft.touched && affectedOf(draft.touched, status.components);
    const body = bodyOf(proposal, words, affected);
    publishing.change({ method: 'POST', path: pathOf(proposal), body }, forget);
  };
  const dismiss = () => {
    if (!isBusy) dismissing.change({ method: 'DELETE', path: `/proposals/${id}` }, forget);
  };
  return (
    <article className="card waiting-card" aria-labelledby={id}>
      <div>
        <h3 id={id} dir="auto">
          {title}
        </h3>
        <p className="soft">{aboutOf(proposal, draft.touched)}</p>
      </div>
      <form onSubmit={publish}>
        <Words proposal={proposal} draft={draft} onWrite={write} />
        <Parts {...{ proposal, status, draft }} onWrite={write} />
        <Failed problem={publishing.problem ?? dismissing.problem} />
        <div className="buttons">
          <Button type="submit" aria-disabled={isBusy}>
            {publishing.busy ? 'One moment …' : 'Publish'}
          </Button>
          <Button variant="default" aria-disabled={isBusy} onClick={dismiss}>
            Dismiss
          </Button>
        </div>
      </form>
    </article>
  );
}

interface PartProps {
  readonly proposal: Proposal;
  readonly draft: Draft;
  onWrite(part: Partial<Draft>): void;
}

function Words({ proposal: { kind, state }, draft, onWrite }: PartProps) {
  return (
    <>
      {kind === 'publish-incident' && (
        <TextInput
          label="Title"
          required
          withAsterisk={false}
          maxLength={200}
          value={draft.title}
          onChange={({ target }) => onWrite({ title: target.value })}
        />
      )}
      <WordsField
        label={`Words of the update “${stateWords[state]}”`}
        rows={4}
        value={draft.text}
        onWrite={(text) => onWrite({ text })}
      />
    </>
  );
}

/** The components that the update is about; the last one sets all of them free. */
function Parts({ proposal, status, draft, onWrite }: PartProps & Pick<Publishing, 'status'>) {
  if (proposal.state === 'resolved') return <p className="soft">Its components work again with it.</p>;
  const chosen = draft.touched ?? touchedIn(proposal.affected);
  const named = status.components.flatMap(({ id, name }) => {
    const working = chosen[id];
    return working === undefined ? [] : [`${name}: ${statusWords[working]}`];
  });
  return (
    <Fold title={named.length === 0 ? 'No component is affected' : named.join(', ')}>
      <AffectedChoice
        components={status.components}
        chosen={chosen}
        onChoose={(touched) => onWrite({ touched })}
      />
    </Fold>
  );
}

const pathOf = ({ kind, incident }: Proposal): string =>
  kind === 'publish-incident' ? '/incidents' : `/incidents/${incident}/updates`;

/** What the API takes. Without its impact it matters as its worst component does, which is right once these were chosen. */
function bodyOf(
  proposal: Proposal,
  { title, text }: Pick<Draft, 'title' | 'text'>,
  chosen: Proposal['affected'] | undefined,
) {
  const { kind, state, internal, source, impact } = proposal;
  const affected = chosen ?? proposal.affected;
  if (kind === 'publish-update') return { state, text, affected };
  const isGuessed = chosen === undefined && impact !== undefined;
  return { title, state, text, affected, internal, source, ...(isGuessed && { impact }) };
}

function aboutOf({ kind, impact, internal }: Proposal, touched: Touched | undefined): string {
  const what =
    kind === 'publish-incident'
      ? 'An incident began that nobody was told about yet.'
      : 'The incident is resolved; this would be the last update.';
  const guess = touched === undefined && impact !== undefined && `${impactWords[impact]}.`;
  return [what, guess, internal && 'For members only.'].filter(Boolean).join(' ');
}
