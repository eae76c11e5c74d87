import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { Notice } from '../ui/notice.tsx';
import { ClusterCredentials } from './cluster-credentials.tsx';
import { allVerbs, bodyOf, type ClusterWish, onlyReads } from './cluster-wish.ts';

export interface ClusterFormProps {
  readonly first: ClusterWish;
  /** Names that cannot be given again; left out where a cluster is changed, whose name stays. */
  readonly taken?: readonly string[];
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
  onSave(name: string, body: object): void;
}

/** Where a cluster is, who we are there, and all that may be done there. */
export function ClusterForm({ first, taken, busy, problem, onSave }: ClusterFormProps) {
  const [wish, setWish] = useState(first);
  const change = (part: Partial<ClusterWish>) => setWish((before) => ({ ...before, ...part }));
  const isTaken = taken?.includes(wish.name.trim()) ?? false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && !isTaken) onSave(wish.name.trim(), bodyOf(wish));
  };
  return (
    <form className="stack cluster-form" onSubmit={submit}>
      {taken !== undefined && (
        <TextInput
          label="Name"
          description="As steps name it: small letters, digits and dashes."
          error={isTaken ? 'There is a cluster of this name.' : undefined}
          required
          withAsterisk={false}
          pattern="[a-z0-9][a-z0-9\-]{0,62}"
          value={wish.name}
          onChange={({ target }) => change({ name: target.value })}
        />
      )}
      <Place wish={wish} onChange={change} />
      <ClusterCredentials {...{ wish, isNew: taken !== undefined }} onChange={change} />
      <Allowed wish={wish} onChange={change} />
      {problem !== undefined && <Notice>{problem.message} What you wrote is kept.</Notice>}
      <Button type="submit" aria-disabled={busy || isTaken}>
        {busy ? 'One moment …' : taken === undefined ? 'Save' : 'Register'}
      </Button>
    </form>
  );
}

/** A part of the form. */
export interface ClusterPartProps {
  readonly wish: ClusterWish;
  onChange(part: Partial<ClusterWish>): void;
}

/** Where it is, and how it shows that it is itself. */
function Place({ wish, onChange }: ClusterPartProps) {
  return (
    <>
      <TextInput
        label="Address of its API"
        placeholder="https://k8s.example.com:6443"
        description="https, at port 443 or 6443."
        required
        withAsterisk={false}
        value={wish.endpoint}
        onChange={({ target }) => onChange({ endpoint: target.value })}
      />
      <PrivateEndpoint wish={wish} onChange={onChange} />
      <Textarea
        className="code-field"
        label="Its certificate authority (PEM)"
        description="certificate-authority-data of a kubeconfig, decoded. Left out, those that every browser trusts."
        rows={4}
        spellCheck={false}
        value={wish.ca}
        onChange={({ target }) => onChange({ ca: target.value })}
      />
    </>
  );
}

function PrivateEndpoint({ wish: { privateEndpoint }, onChange }: ClusterPartProps) {
  return (
    <Checkbox
      label="It lies in a private network"
      description="Addresses inside of networks are refused otherwise, so that nobody reaches by a step what only we can reach. With this, this one cluster may be at 10.x, 172.16 to 172.31, 192.168 or fc00::/7, and only there; never this machine itself. The functions are in no such network by themselves: it must be reachable from where they run."
      checked={privateEndpoint}
      onChange={({ target }) => onChange({ privateEndpoint: target.checked })}
    />
  );
}

function Allowed({ wish: { verbs, namespaces }, onChange }: ClusterPartProps) {
  const tick = (verb: string, isTicked: boolean) =>
    onChange({ verbs: isTicked ? [...verbs, verb] : verbs.filter((one) => one !== verb) });
  return (
    <>
      <fieldset className="severity-choice">
        <legend>What may be done there</legend>
        {allVerbs.map((verb) => (
          <label key={verb}>
            <input
              type="checkbox"
              checked={verbs.includes(verb)}
              onChange={({ target }) => tick(verb, target.checked)}
            />
            {verb}
            {onlyReads(verb) ? ' (reads)' : ''}
          </label>
        ))}
      </fieldset>
      <TextInput
        label="Namespaces"
        description="Divided by commas; * is every one, and what belongs to none."
        required
        withAsterisk={false}
        value={namespaces}
        onChange={({ target }) => onChange({ namespaces: target.value })}
      />
    </>
  );
}
