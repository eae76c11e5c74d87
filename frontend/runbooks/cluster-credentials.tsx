import { NativeSelect, TextInput } from '@mantine/core';
import type { ClusterPartProps } from './cluster-form.tsx';

export interface ClusterCredentialsProps extends ClusterPartProps {
  readonly isNew: boolean;
}

/** How a cluster knows us. A token is taken, and never shown again. */
export function ClusterCredentials({ wish, isNew, onChange }: ClusterCredentialsProps) {
  return (
    <>
      <NativeSelect
        label="How it knows us"
        value={wish.kind}
        data={[
          { value: 'token', label: 'A token of a service account' },
          { value: 'eks', label: 'Amazon EKS, by the role of the function Execute' },
        ]}
        onChange={({ target }) => onChange({ kind: target.value === 'eks' ? 'eks' : 'token' })}
      />
      {wish.kind === 'eks' ? (
        <OfEks {...{ wish, onChange }} />
      ) : (
        <TextInput
          type="password"
          label="Token"
          description={`Kept in Parameter Store, and never shown again.${isNew ? '' : ' Left empty, the one that is there stays.'}`}
          required={isNew}
          withAsterisk={false}
          autoComplete="off"
          value={wish.token}
          onChange={({ target }) => onChange({ token: target.value })}
        />
      )}
    </>
  );
}

function OfEks({ wish: { eksCluster, region }, onChange }: ClusterPartProps) {
  return (
    <>
      <TextInput
        label="Name of the EKS cluster"
        required
        withAsterisk={false}
        value={eksCluster}
        onChange={({ target }) => onChange({ eksCluster: target.value })}
      />
      <TextInput
        label="Region"
        placeholder="eu-central-1"
        required
        withAsterisk={false}
        value={region}
        onChange={({ target }) => onChange({ region: target.value })}
      />
    </>
  );
}
