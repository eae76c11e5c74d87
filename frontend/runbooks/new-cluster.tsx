import { useState } from 'react';
import type { Api } from '../api/use-api.ts';
import { Fold } from '../ui/fold.tsx';
import { ClusterForm } from './cluster-form.tsx';
import { emptyCluster } from './cluster-wish.ts';
import { useCluster } from './use-clusters.ts';

export interface NewClusterProps {
  readonly api: Api;
  /** Names that there are already. */
  readonly taken: readonly string[];
  onSaved(): void;
}

/** A form for a new cluster; empty again once it is registered. */
export function NewCluster({ api, taken, onSaved }: NewClusterProps) {
  const [made, setMade] = useState(0);
  const { busy, problem, save } = useCluster(api, () => {
    setMade((count) => count + 1);
    onSaved();
  });
  return (
    <Fold key={made} title="Register a cluster" isMain>
      <ClusterForm first={emptyCluster} {...{ busy, problem, taken }} onSave={save} />
    </Fold>
  );
}
