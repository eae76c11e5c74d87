import { Button } from '@mantine/core';
import type { Postmortem } from './use-postmortem.ts';

export interface ModelDraftProps {
  readonly postmortem: Postmortem;
  readonly mayWrite: boolean;
  readonly busy: boolean;
  onDraft(): void;
}

/** What a model wrote of it, and the button that asks one; nothing where none is set up. */
export function ModelDraft({ postmortem, mayWrite, busy, onDraft }: ModelDraftProps) {
  const { model, draft, status } = postmortem;
  if (model === undefined && draft === undefined) return null;
  return (
    <section aria-label="Draft by a model" className="model-draft">
      {draft !== undefined && <Wrote draft={draft} />}
      {model !== undefined && mayWrite && status !== 'done' && (
        <p>
          <Button variant="default" aria-disabled={busy} onClick={onDraft}>
            {draft === undefined ? 'Have a model draft it' : 'Have the model draft it anew'}
          </Button>{' '}
          <span className="soft">
            {model} gets the generated sentences, without secrets. It takes up to half a minute.
          </span>
        </p>
      )}
    </section>
  );
}

function Wrote({ draft }: { readonly draft: NonNullable<Postmortem['draft']> }) {
  const { model, summary, rootCause, refused } = draft;
  const kept = summary.length + rootCause.length;
  const said = kept === 1 ? '1 sentence' : `${kept} sentences`;
  const left = refused === 1 ? '1 was left out' : `${refused} were left out`;
  return (
    <p>
      {model} wrote {said}, marked as draft below the summary and the causes; nobody has checked them.
      {refused > 0 && ` ${left}, since what they named did not show them.`}
    </p>
  );
}
