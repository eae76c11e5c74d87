import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { IncidentView } from '../../../shared/incidents/index.ts';
import { type LinkKind, linkLabel, mergeWords, possibleLinks, relateWords } from './link-words.ts';
import { PickIncident } from './pick-incident.tsx';
import type { Candidate } from './use-candidates.ts';

/** What is written of a link that is not made yet. */
export interface LinkDraft {
  readonly text: string;
  /** The id of the incident that is picked. */
  readonly other: string;
  readonly kind: string;
  readonly reason: string;
}

export const emptyLink: LinkDraft = { text: '', other: '', kind: '', reason: '' };

export interface LinkFormProps {
  readonly own: IncidentView;
  readonly draft: LinkDraft;
  readonly candidates: readonly Candidate[];
  readonly now: number;
  readonly busy: boolean;
  onChange(part: Partial<LinkDraft>): void;
  onLink(kind: LinkKind, other: Candidate, reason: string): void;
}

/** Merges with another incident, or says that they have to do with each other: which one, what, what that does, and why. */
export function LinkForm({ own, draft, candidates, now, busy, onChange: change, onLink }: LinkFormProps) {
  const [tried, setTried] = useState(false);
  const other = candidates.find(({ id }) => id === draft.other);
  const kinds = other === undefined ? [] : possibleLinks(own, other);
  const kind = kinds.find((one) => one === draft.kind) ?? (kinds.length === 1 ? kinds[0] : undefined);
  const reason = draft.reason.trim();
  const fault = faultOf(other, kind, reason);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || other === undefined || kind === undefined || fault !== undefined) return;
    setTried(false);
    onLink(kind, other, reason);
  };
  return (
    <form className="wide-form" onSubmit={submit} noValidate>
      <PickIncident
        all={candidates}
        own={own.id}
        text={draft.text}
        chosen={draft.other}
        now={now}
        onText={(text) => change({ text })}
        onPick={(picked) => change({ other: picked })}
      />
      {other !== undefined && (
        <>
          <Kinds {...{ own, other, kinds, kind }} onChoose={(chosen) => change({ kind: chosen })} />
          {kind !== undefined && <Consequences {...{ own, other, kind }} />}
          <TextInput
            label="Why"
            description="It stands in both logs."
            maxLength={300}
            value={draft.reason}
            error={tried && reason === '' ? 'Say why, for whoever reads the log.' : undefined}
            onChange={({ target }) => change({ reason: target.value })}
          />
        </>
      )}
      {tried && fault !== undefined && <p className="alarm">{fault}</p>}
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'One moment …' : buttonText(own, other, kind)}
      </Button>
    </form>
  );
}

function faultOf(
  other: Candidate | undefined,
  kind: LinkKind | undefined,
  reason: string,
): string | undefined {
  if (other === undefined) return 'Pick an incident first.';
  if (kind === undefined) return 'Say what shall happen.';
  return reason === '' ? 'A reason is missing.' : undefined;
}

function buttonText(own: IncidentView, other: Candidate | undefined, kind: LinkKind | undefined): string {
  if (other === undefined || kind === undefined) return 'Merge or relate';
  if (kind === 'relate') return `Relate ${other.name}`;
  const [gone, keep] = kind === 'merge-other' ? [other, own] : [own, other];
  return `Merge ${gone.name} into ${keep.name}`;
}

interface KindsProps {
  readonly own: IncidentView;
  readonly other: Candidate;
  readonly kinds: readonly LinkKind[];
  readonly kind: LinkKind | undefined;
  onChoose(kind: LinkKind): void;
}

function Kinds({ own, other, kinds, kind, onChoose }: KindsProps) {
  const over = [own, other].filter(({ state }) => state === 'resolved').map(({ name }) => name);
  return (
    <fieldset className="pick">
      <legend>What shall happen</legend>
      {kinds.map((one) => (
        <label key={one}>
          <input type="radio" name="kind" checked={one === kind} onChange={() => onChoose(one)} />
          {linkLabel(one, own.name, other.name)}
        </label>
      ))}
      {over.length > 0 && (
        <p className="soft">
          {over.join(' and ')} {over.length === 1 ? 'is' : 'are'} over: only what is open is merged.
        </p>
      )}
    </fieldset>
  );
}

type ConsequencesProps = Pick<KindsProps, 'own' | 'other'> & { readonly kind: LinkKind };

function Consequences({ own, other, kind }: ConsequencesProps) {
  const words =
    kind === 'relate'
      ? relateWords(own.name, other.name)
      : kind === 'merge-other'
        ? mergeWords(other, own)
        : mergeWords(own, other);
  return (
    <div className="consequences" role="status">
      <h3>What this does</h3>
      <ul>
        {words.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
