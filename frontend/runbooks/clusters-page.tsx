import { useState } from 'react';
import { Link } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { Refused } from '../ui/refused.tsx';
import { useFocusAfter } from '../ui/use-focus-after.ts';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { ClusterCard } from './cluster-card.tsx';
import { NewCluster } from './new-cluster.tsx';
import { useClusters } from './use-clusters.ts';

export interface ClustersPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** The Kubernetes clusters that steps of runbooks may reach. */
export function ClustersPage({ api, role }: ClustersPageProps) {
  useTitle('Clusters');
  return (
    <div className="stack run clusters">
      <p className="back">
        <Link to="/runbooks">All runbooks</Link>
      </p>
      {may(role, 'credentials.write') ? (
        <Clusters api={api} />
      ) : (
        <>
          <h1>Clusters</h1>
          <Refused role={role} what="register clusters" least="administrator" />
        </>
      )}
    </div>
  );
}

function Clusters({ api }: Pick<ClustersPageProps, 'api'>) {
  const { value, at, problem, refresh } = useClusters(api);
  const [done, setDone] = useState(0);
  const onSaved = () => {
    setDone((count) => count + 1);
    refresh();
  };
  const now = useNow();
  const head = useFocusAfter(done);
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1} ref={head}>
          Clusters
        </h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <p className="soft">
        Kubernetes clusters that <code>kubectl:</code> steps may reach, and all that they may do there.
      </p>
      {value === undefined && problem === undefined && <Waiting what="clusters" />}
      {value?.length === 0 && (
        <div className="empty">
          <h2>No cluster is registered yet</h2>
          <p>
            Until one is, every <code>kubectl:</code> step fails and says so. Nothing else needs a cluster.
          </p>
        </div>
      )}
      {value?.map((cluster) => (
        <ClusterCard key={cluster.name} {...{ api, cluster, now, onSaved }} onTested={refresh} />
      ))}
      {value !== undefined && (
        <NewCluster api={api} taken={value.map(({ name }) => name)} onSaved={onSaved} />
      )}
    </>
  );
}
