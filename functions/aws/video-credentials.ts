import { type Actor, HOUR, type Instant, MINUTE, type OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import {
  type CredentialProvider,
  type CredentialsOf,
  videoCredentials,
} from '../../shared/war-room/index.ts';
import { clock } from './clock.ts';
import { ExpiringCache } from './expiring-cache.ts';
import { putSecretParameter, readSecretParameter, removeSecretParameter } from './parameters.ts';
import { setting } from './settings.ts';
import { table } from './table.ts';

/** That credentials are set: the row says which ones count, so that every environment notices when they change. */
export interface CredentialsRow {
  readonly provider: CredentialProvider;
  readonly setAt: Instant;
  readonly setBy: string;
  /** Another one each time that credentials are set. */
  readonly version: string;
}

interface Read {
  readonly text: string;
  readonly version: string;
  readonly at: Instant;
}

/** What was read lately. The value outlives its minute, for the case that Parameter Store throttles. */
const known = new ExpiringCache<Read>(100);

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
  known.delete(nameOf(org, provider));
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
  const text = await secretText(nameOf(org, provider), row.version);
  if (text === undefined) return undefined;
  const parsed = videoCredentials[provider].parse(JSON.parse(text)) as CredentialsOf<Provider>;
  return { credentials: parsed, version: row.version };
}

async function secretText(name: string, version: string): Promise<string | undefined> {
  const last = known.get(name)?.value;
  const mine = last?.version === version ? last : undefined;
  if (mine !== undefined && clock.now() - mine.at < MINUTE) return mine.text;
  const text = await readSecretParameter(name).catch((error: unknown) => {
    // What was right a minute ago is better than nothing while Parameter Store throttles.
    if (mine !== undefined) return mine.text;
    throw error;
  });
  if (text !== undefined) known.set(name, { text, version, at: clock.now() }, HOUR);
  return text;
}
