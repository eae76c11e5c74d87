import { Button, Textarea } from '@mantine/core';
import type { FormEvent } from 'react';
import { impactWords, stateWords, statusWords } from '../status/words.ts';
import { useDraft } from '../ui/use-draft.ts';
import { Failed } from './failed.tsx';
import { type Proposal, type Publishing, useChange } from './use-status.ts';

export interface ProposalCardProps extends Publishing {
  readonly proposal: Proposal;
}

/** What an incident proposes to tell; a person changes the words, and publishes or dismisses it. */
export function ProposalCard({ api, status, proposal, onChanged }: ProposalCardProps) {
  const { draft, change: write, forget } = useDraft(`proposal:${proposal.id}`, { text: proposal.text });
  const publishing = useChange(api, () =>
    onChanged(proposal.internal ? 'Published for members only.' : 'Published. Everybody can read it.'),
  );
  const dismissing = useChange(api, () => onChanged('Dismissed. It is not proposed again.'));
  const isBusy = publishing.busy || dismissing.busy;
  const publish = (event: FormEvent) => {
    event.preventDefault();
    const text = draft.text.trim();
    if (!isBusy && text !== '')
      publishing.change({ method: 'POST', path: pathOf(proposal), body: bodyOf(proposal, text) }, forget);
  };
  const dismiss = () => {
    if (!isBusy) dismissing.change({ method: 'DELETE', path: `/proposals/${proposal.id}` }, forget);
  };
  return (
    <article className="card" aria-labelledby={proposal.id}>
      <h3 id={proposal.id} dir="auto">
        {proposal.title}
      </h3>
      <p className="soft">{aboutOf(proposal)}</p>
      <p dir="auto">{touchedBy(proposal, status)}</p>
      <form onSubmit={publish}>
        <Textarea
          label={`Words of the update “${stateWords[proposal.state]}”`}
          rows={4}
          resize="vertical"
          required
          withAsterisk={false}
          maxLength={5_000}
          value={draft.text}
          onChange={({ target }) => write({ text: target.value })}
        />
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

const pathOf = ({ kind, incident }: Proposal): string =>
  kind === 'publish-incident' ? '/incidents' : `/incidents/${incident}/updates`;

function bodyOf(proposal: Proposal, text: string) {
  const { state, affected, title, internal, source, impact } = proposal;
  if (proposal.kind === 'publish-update') return { state, text, affected };
  return { title, state, text, affected, internal, source, ...(impact !== undefined && { impact }) };
}

function aboutOf({ kind, impact, internal }: Proposal): string {
  const what =
    kind === 'publish-incident'
      ? 'An incident began that nobody was told about yet.'
      : 'The incident is resolved; this would be the last update.';
  return [what, impact && `${impactWords[impact]}.`, internal && 'For members only.']
    .filter(Boolean)
    .join(' ');
}

function touchedBy({ affected }: Proposal, { components }: Publishing['status']): string {
  const named = affected.flatMap(({ component, status }) => {
    const found = components.find(({ id }) => id === component);
    return found === undefined ? [] : [`${found.name}: ${statusWords[status]}`];
  });
  return named.length === 0 ? 'No component changes.' : named.join(', ');
}
