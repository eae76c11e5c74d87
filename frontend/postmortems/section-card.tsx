import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Markdown } from '../ui/markdown.tsx';
import { useDraft } from '../ui/use-draft.ts';
import type { Postmortem } from './use-postmortem.ts';

export interface SectionCardProps {
  readonly postmortem: Postmortem;
  readonly section: Postmortem['sections'][number];
  readonly mayWrite: boolean;
  readonly busy: boolean;
  /** Writes the section; null shows again what was generated. */
  onWrite(text: string | null, after: () => void): void;
}

/** A section as it stands, and the field in which a person writes it. What was begun survives a reload. */
export function SectionCard({ postmortem, section, mayWrite, busy, onWrite }: SectionCardProps) {
  const { name, title, markdown, written } = section;
  const { draft, change, forget } = useDraft<{ readonly text?: string }>(
    `postmortem:${postmortem.id}:${name}`,
    {},
  );
  const [isOpen, setOpen] = useState(draft.text !== undefined);
  const close = () => {
    forget();
    setOpen(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = (draft.text ?? markdown).trim();
    if (!busy && text !== '') onWrite(text, close);
  };
  return (
    <section aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        {mayWrite && !isOpen && (
          <Button variant="subtle" aria-label={`Write ${title}`} onClick={() => setOpen(true)}>
            Write
          </Button>
        )}
      </div>
      {!isOpen && <Markdown>{markdown}</Markdown>}
      {written && !isOpen && (
        <p className="soft">
          Written by {written.by} at {written.at.slice(0, 16).replace('T', ' ')} UTC.{' '}
          {mayWrite && section.pieces.length > 0 && (
            <Button variant="subtle" aria-disabled={busy} onClick={() => onWrite(null, close)}>
              Show what was generated
            </Button>
          )}
        </p>
      )}
      {isOpen && (
        <form onSubmit={submit} aria-label={`Write ${title}`}>
          <Textarea
            label={`${title}, in Markdown`}
            rows={Math.min(20, Math.max(5, markdown.split('\n').length + 2))}
            resize="vertical"
            maxLength={20_000}
            value={draft.text ?? markdown}
            onChange={({ target }) => change({ text: target.value })}
          />
          <div className="buttons">
            <Button type="submit" aria-disabled={busy}>
              Save
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
