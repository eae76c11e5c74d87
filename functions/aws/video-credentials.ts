import type { Actor, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import {
  type CredentialProvider,
  type CredentialsOf,
  videoCredentials,
} from '../../shared/war-room/index.ts';
import { type SecretRow, vendorSecrets } from './vendor-secrets.ts';

/** That credentials of a provider are set. */
export interface CredentialsRow extends SecretRow {
  readonly provider: CredentialProvider;
}

const kept = vendorSecrets<CredentialProvider, CredentialsRow>({
  path: 'videoParameters',
  partition: (org) => schema.videoCredentials.partition({ org }),
  key: (org, provider) => schema.videoCredentials.key({ org, provider }),
  row: (provider, common) => ({ provider, ...common }),
});

/** Keeps credentials, then the row that makes them count. */
export async function setVideoCredentials<Provider extends CredentialProvider>(
  org: OrganisationId,
  provider: Provider,
  credentials: CredentialsOf<Provider>,
  by: { readonly actor: Actor; readonly at: Instant; readonly version: string },
): Promise<CredentialsRow> {
  return kept.set(org, provider, credentials, by);
}

/** Credentials count no more once their row is gone; then they themselves are removed. */
export const removeVideoCredentials = kept.remove;

/** For which providers credentials are set. */
export const listVideoCredentials = kept.list;

/** The credentials that count, and their version; undefined when none are set. */
export async function loadVideoCredentials<Provider extends CredentialProvider>(
  org: OrganisationId,
  provider: Provider,
): Promise<{ readonly credentials: CredentialsOf<Provider>; readonly version: string } | undefined> {
  const found = await kept.load(org, provider);
  if (found === undefined) return undefined;
  const credentials = videoCredentials[provider].parse(found.value) as CredentialsOf<Provider>;
  return { credentials, version: found.version };
}
