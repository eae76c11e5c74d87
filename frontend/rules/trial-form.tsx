import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { setups, sourceNames } from '../alerts/setups/index.ts';
import { type Upload, uploadIn } from './upload.ts';
import type { Played } from './use-trial.ts';

export interface TrialFormProps {
  readonly busy: boolean;
  /** Why the draft cannot be tried now; absent when it can. */
  readonly hindered?: string | undefined;
  onTry(played: Played): void;
}

const kinds = [
  { value: 'days', label: 'what came in the last days' },
  { value: 'file', label: 'a file of bodies' },
];

/** On which signals a draft is tried. */
export function TrialForm({ busy, hindered, onTry }: TrialFormProps) {
  const [kind, setKind] = useState('days');
  const [days, setDays] = useState('7');
  const [source, setSource] = useState<Upload['source']>('generic');
  const [file, setFile] = useState<File>();
  const [fault, setFault] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || hindered !== undefined) return;
    const played = kind === 'days' ? daysIn(days) : await bodiesIn(file, source);
    setFault('fault' in played ? played.fault : undefined);
    if (!('fault' in played)) onTry(played);
  };
  return (
    <form className="line-form" onSubmit={(event) => void submit(event)} noValidate>
      <NativeSelect
        className="choose"
        label="Play"
        data={kinds}
        value={kind}
        onChange={({ target }) => {
          setKind(target.value);
          setFault(undefined);
        }}
      />
      {kind === 'days' ? (
        <TextInput
          className="short"
          label="Days"
          inputMode="numeric"
          value={days}
          onChange={({ target }) => setDays(target.value)}
        />
      ) : (
        <FileChoice source={source} onFile={setFile} onSource={setSource} />
      )}
      <Button type="submit" aria-disabled={busy || hindered !== undefined}>
        {busy ? 'Playing …' : 'Simulate'}
      </Button>
      <p role="status" className={fault === undefined ? 'soft whole' : 'alarm whole'}>
        {fault ?? hindered ?? (busy ? 'This may take up to 20 seconds.' : '')}
      </p>
    </form>
  );
}

interface FileChoiceProps {
  readonly source: Upload['source'];
  onFile(file: File | undefined): void;
  onSource(source: Upload['source']): void;
}

function FileChoice({ source, onFile, onSource }: FileChoiceProps) {
  const id = useId();
  return (
    <>
      <div className="file-input">
        <label htmlFor={id}>File, JSON: a list of bodies, or one on each line</label>
        <input
          id={id}
          type="file"
          accept=".json,.jsonl,.ndjson,.txt,application/json"
          onChange={({ target }) => onFile(target.files?.[0])}
        />
      </div>
      <NativeSelect
        label="Sent by"
        data={sourceNames.map((one) => ({ value: one, label: setups[one].name }))}
        value={source}
        onChange={({ target }) => onSource(sourceNames.find((one) => one === target.value) ?? 'generic')}
      />
    </>
  );
}

function daysIn(text: string): Played | { readonly fault: string } {
  const days = Number(text);
  const isAllowed = Number.isInteger(days) && days >= 1 && days <= 400;
  return isAllowed ? { days } : { fault: 'Write a whole number of days from 1 to 400.' };
}

async function bodiesIn(
  file: File | undefined,
  source: Upload['source'],
): Promise<Played | { readonly fault: string }> {
  if (file === undefined) return { fault: 'Choose a file first.' };
  if (file.size > 4_000_000)
    return { fault: 'The file is larger than 4 MB, which is more than one question takes.' };
  const upload = uploadIn(await file.text(), source);
  return 'fault' in upload ? upload : { upload };
}
