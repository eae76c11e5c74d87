import type { Actor, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import {
  type CredentialProvider,
  type CredentialsOf,
  videoCredentials,
} from '../../shared/war-room/index.ts';
import { putSecretParameter, removeSecretParameter } from './parameters.ts';
import { setting } from './settings.ts';
import { table } from './table.ts';
import { forgetSecret, versionedSecret } from './versioned-secret.ts';

/** That credentials are set: the row says which ones count, so that every environment notices when they change. */
export interface CredentialsRow {
  readonly provider: CredentialProvider;
  readonly setAt: Instant;
  readonly setBy: string;
  /** Another one each time that credentials are set. */
  readonly version: string;
}

const nameOf = (org: OrganisationId, provider: CredentialProvider): string =>
  `${setting('videoParameters')}/${org}/${provider}`;

/** Keeps credentials, then the row that makes them count. */
export async function setVideoCredentials<Provider extends CredentialProvider>(
  org: OrganisationId,
  provider: Provider,
  credentials: CredentialsOf<Provider>,
  by: { readonly actor: Actor; readonly at: Instant; readonly version: string },
): Promise<CredentialsRow> {
  const { version } = by;
  await putSecretParameter(nameOf(org, provider), JSON.stringify(credentials));
  const row: CredentialsRow = { provider, setAt: by.at, setBy: by.actor.id, version };
  await table.put({ ...schema.videoCredentials.key({ org, provider }), ...row });
  return row;
}

/** Credentials count no more once their row is gone; then they themselves are removed. */
export async function removeVideoCredentials(
  org: OrganisationId,
  provider: CredentialProvider,
): Promise<boolean> {
  const gone = await table.remove(schema.videoCredentials.key({ org, provider }));
  await removeSecretParameter(nameOf(org, provider));
  forgetSecret(nameOf(org, provider));
  return gone !== undefined;
}

/** For which providers credentials are set. */
export async function listVideoCredentials(org: OrganisationId): Promise<readonly CredentialsRow[]> {
  const { items } = await table.query<CredentialsRow>({
    partition: schema.videoCredentials.partition({ org }),
  });
  return items;
}

/** The credentials that count, and their version; undefined when none are set. Parameter Store is asked once a minute at most. */
export async function loadVideoCredentials<Provider extends CredentialProvider>(
  org: OrganisationId,
  provider: Provider,
): Promise<{ readonly credentials: CredentialsOf<Provider>; readonly version: string } | undefined> {
  const row = await table.get<CredentialsRow>(schema.videoCredentials.key({ org, provider }));
  if (row === undefined) return undefined;
  const text = await versionedSecret(nameOf(org, provider), row.version);
  if (text === undefined) return undefined;
  const parsed = videoCredentials[provider].parse(JSON.parse(text)) as CredentialsOf<Provider>;
  return { credentials: parsed, version: row.version };
}
