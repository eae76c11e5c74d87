import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { utcMinute } from '../time/utc.ts';
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
  const { name, title, markdown } = section;
  const place = `postmortem:${postmortem.id}:${name}`;
  const { draft, change, forget } = useDraft<{ readonly text?: string }>(place, {});
  const [isOpen, setOpen] = useState(draft.text !== undefined);
  const close = () => {
    forget();
    setOpen(false);
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
      {isOpen ? (
        <SectionForm
          {...{ title, busy }}
          text={draft.text ?? markdown}
          onChange={change}
          onCancel={close}
          onSave={(said) => onWrite(said, close)}
        />
      ) : (
        <>
          <Markdown>{markdown}</Markdown>
          <WrittenBy {...{ section, mayWrite, busy }} onTakeAway={() => onWrite(null, close)} />
        </>
      )}
    </section>
  );
}

interface WrittenByProps extends Pick<SectionCardProps, 'section' | 'mayWrite' | 'busy'> {
  onTakeAway(): void;
}

function WrittenBy({ section: { written, pieces }, mayWrite, busy, onTakeAway }: WrittenByProps) {
  if (!written) return null;
  return (
    <p className="soft">
      Written by {written.by} at {utcMinute(written.at)} UTC.{' '}
      {mayWrite && pieces.length > 0 && (
        <Button variant="subtle" aria-disabled={busy} onClick={onTakeAway}>
          Show what was generated
        </Button>
      )}
    </p>
  );
}

interface SectionFormProps {
  readonly title: string;
  readonly text: string;
  readonly busy: boolean;
  onChange(draft: { readonly text: string }): void;
  onSave(text: string): void;
  onCancel(): void;
}

function SectionForm({ title, text, busy, onChange, onSave, onCancel }: SectionFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (!busy && said !== '') onSave(said);
  };
  return (
    <form onSubmit={submit} aria-label={`Write ${title}`}>
      <Textarea
        label={`${title}, in Markdown`}
        rows={Math.min(20, Math.max(5, text.split('\n').length + 2))}
        resize="vertical"
        maxLength={20_000}
        value={text}
        onChange={({ target }) => onChange({ text: target.value })}
      />
      <div className="buttons">
        <Button type="submit" aria-disabled={busy}>
          Save
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
