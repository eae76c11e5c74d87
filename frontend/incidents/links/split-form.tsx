import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AlertView, IncidentView } from '../../../shared/incidents/index.ts';
import type { Problem } from '../../api/problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { splitWords } from './link-words.ts';

/** The most alerts that the API splits off at once. */
export const MOST_SPLIT = 20;

/** Which alerts are ticked, and what is written of their incident. */
export interface SplitDraft {
  readonly ticked: readonly string[];
  readonly title: string;
  readonly reason: string;
}

export const emptySplit: SplitDraft = { ticked: [], title: '', reason: '' };

export interface SplitFormProps {
  readonly own: IncidentView;
  readonly draft: SplitDraft;
  /** Those of the alerts that are ticked. */
  readonly alerts: readonly AlertView[];
  /** How many alerts the incident has. */
  readonly total: number;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  onChange(part: Partial<SplitDraft>): void;
  onSplit(): void;
}

/** Splits the alerts that are ticked off into an incident of their own. */
export function SplitForm({ own, draft, alerts, total, busy, problem, onChange, onSplit }: SplitFormProps) {
  const [tried, setTried] = useState(false);
  const { title, reason } = draft;
  const fault = splitFault(alerts.length, total);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!busy && fault === undefined && reason.trim() !== '') onSplit();
  };
  return (
    <form className="wide-form card" onSubmit={submit} noValidate>
      <h3>Split {alerts.length === 1 ? '1 alert' : `${alerts.length} alerts`} off</h3>
      <ul className="consequences">
        {splitWords(own, alerts).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {fault !== undefined && <p className="alarm">{fault}</p>}
      <TextInput
        label="Title of the new incident"
        description="Left empty, it is that of its first alert."
        maxLength={200}
        value={title}
        onChange={({ target }) => onChange({ title: target.value })}
      />
      <TextInput
        label="Why"
        description="It stands in both logs."
        maxLength={300}
        value={reason}
        error={tried && reason.trim() === '' ? 'Say why, for whoever reads the log.' : undefined}
        onChange={({ target }) => onChange({ reason: target.value })}
      />
      {problem !== undefined && <Notice>{problem.message} What you wrote is kept.</Notice>}
      <div className="actions">
        <Button type="submit" aria-disabled={busy || fault !== undefined}>
          {busy ? 'One moment …' : 'Split off'}
        </Button>
        <Button variant="default" onClick={() => onChange(emptySplit)}>
          Untick all
        </Button>
      </div>
    </form>
  );
}

/** Why so many alerts cannot be split off; undefined when they can. */
export function splitFault(ticked: number, total: number): string | undefined {
  if (ticked >= total) return 'These are all alerts of the incident: leave one in it.';
  return ticked > MOST_SPLIT ? `At most ${MOST_SPLIT} alerts are split off at once.` : undefined;
}
