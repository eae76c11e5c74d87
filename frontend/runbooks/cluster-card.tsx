import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { Fold } from '../ui/fold.tsx';
import { Notice } from '../ui/notice.tsx';
import { Question } from '../ui/question.tsx';
import { ClusterForm } from './cluster-form.tsx';
import { ClusterTest } from './cluster-test.tsx';
import { wishOf } from './cluster-wish.ts';
import { type Cluster, useCluster } from './use-clusters.ts';

export interface ClusterCardProps {
  readonly api: Api;
  readonly cluster: Cluster;
  readonly now: number;
  onTested(): void;
  /** It was changed, or removed. */
  onSaved(): void;
}

/** One cluster: what is allowed there, whether it can be reached, and ways to change or to remove it. */
export function ClusterCard({ api, cluster, now, onTested, onSaved }: ClusterCardProps) {
  const { name, updatedAt } = cluster;
  const [asks, setAsks] = useState(false);
  const { busy, problem, test } = useCluster(api, onTested);
  const saving = useCluster(api, onSaved);
  return (
    <section className="card" aria-label={`Cluster ${name}`}>
      <h2>{name}</h2>
      <Told cluster={cluster} />
      <ClusterTest tested={cluster.tested} now={now} />
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      <div className="actions">
        <Button aria-disabled={busy} aria-label={`Test the connection to ${name}`} onClick={() => test(name)}>
          Test the connection
        </Button>
        <Button variant="default" aria-label={`Remove ${name}`} onClick={() => setAsks(true)}>
          Remove
        </Button>
      </div>
      {/* Closed and fresh again once it is saved. */}
      <Fold key={updatedAt} title={`Change ${name}`}>
        <ClusterForm
          first={wishOf(cluster)}
          busy={saving.busy}
          problem={saving.problem}
          onSave={saving.save}
        />
      </Fold>
      {asks && <Removal {...{ api, name, onSaved }} onClose={() => setAsks(false)} />}
    </section>
  );
}

interface RemovalProps extends Pick<ClusterCardProps, 'api' | 'onSaved'> {
  readonly name: string;
  onClose(): void;
}

function Removal({ api, name, onSaved, onClose }: RemovalProps) {
  const { busy, problem, remove } = useCluster(api, onSaved);
  return (
    <Question
      verb="Remove"
      name={name}
      consequence="Its token is forgotten, and every step that goes there fails from now on. What the cluster itself allows, such as an access entry, is to be taken back there."
      {...{ busy, problem, onClose }}
      onYes={() => remove(name)}
    />
  );
}

function Told({
  cluster: { endpoint, privateEndpoint, verbs, namespaces, auth, ca },
}: Pick<ClusterCardProps, 'cluster'>) {
  const rows = [
    ['Address', privateEndpoint ? `${endpoint} (in a private network)` : endpoint],
    ['Trusts', ca === undefined ? 'the authorities that every browser trusts' : 'its own authority'],
    ['Knows us by', auth.kind === 'token' ? 'a token' : `EKS cluster ${auth.cluster} in ${auth.region}`],
    ['Allows', verbs.length === 0 ? 'nothing' : verbs.join(', ')],
    ['In', namespaces.includes('*') ? 'every namespace' : namespaces.join(', ')],
  ] as const;
  return (
    <dl className="properties">
      {rows.map(([name, value]) => (
        <div key={name} className="property">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
