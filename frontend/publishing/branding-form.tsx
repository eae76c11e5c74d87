import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useId } from 'react';
import { type BrandingDraft, bodyOf } from './branding.ts';
import { Failed, isConflict } from './failed.tsx';
import { type Publishing, useChange } from './use-status.ts';

export interface BrandingFormProps extends Publishing {
  readonly draft: BrandingDraft;
  /** The version of the page that the draft was begun from; absent when nothing was written. */
  readonly from: number | undefined;
  onWrite(part: Partial<BrandingDraft>): void;
  onForget(): void;
}

const lines = [
  ['name', 'Name of the page', 100],
  ['url', 'Website', 500],
] as const;
const proses = [
  ['header', 'Text at the top'],
  ['footer', 'Text at the bottom'],
] as const;
const colours = [
  ['accent', 'Colour of links, in light'],
  ['accentDark', 'Colour of links, in dark'],
] as const;

/** Texts, logo and colours of the page. */
export function BrandingForm({ api, status, draft, from, onWrite, onForget, onChanged }: BrandingFormProps) {
  const { change, busy, problem } = useChange(api, () => onChanged('Saved. Everybody can see it.'));
  const head = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = bodyOf(draft);
    if (busy || body.name === '') return;
    // After a conflict was told, what is sent again is meant for the page as it is shown now.
    const seen = problem !== undefined && isConflict(problem) ? status.version : (from ?? status.version);
    change({ method: 'PATCH', path: '/page', body, ifVersion: seen }, onForget);
  };
  const field = (name: keyof BrandingDraft, label: string) => ({
    label,
    value: draft[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onWrite({ [name]: target.value }),
  });
  return (
    <section className="card" aria-labelledby={head}>
      <h2 id={head}>Texts and look</h2>
      <form onSubmit={submit}>
        {lines.map(([name, label, most]) => (
          <TextInput
            key={name}
            maxLength={most}
            required={name === 'name'}
            withAsterisk={false}
            {...field(name, label)}
          />
        ))}
        {proses.map(([name, label]) => (
          <Textarea key={name} rows={2} resize="vertical" maxLength={2_000} {...field(name, label)} />
        ))}
        <TextInput
          description="An https address, or an image of at most 16 KB as data:image/…;base64,…. The preview shows only the latter."
          {...field('logo', 'Logo')}
        />
        <div className="buttons">
          {colours.map(([name, label]) => (
            <TextInput key={name} placeholder="#0a66c2" maxLength={7} {...field(name, label)} />
          ))}
        </div>
        <Failed problem={problem} />
        <div className="buttons">
          <Button type="submit" aria-disabled={busy}>
            {busy ? 'One moment …' : 'Save texts and look'}
          </Button>
          {from !== undefined && (
            <Button variant="default" onClick={onForget}>
              Take back
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}
