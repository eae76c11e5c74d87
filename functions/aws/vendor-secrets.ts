import type { Actor, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { Key } from '../../shared/table/index.ts';
import type { EnvName } from '../../shared/wiring/index.ts';
import { putSecretParameter, removeSecretParameter } from './parameters.ts';
import { setting } from './settings.ts';
import { table } from './table.ts';
import { forgetSecret, versionedSecret } from './versioned-secret.ts';

/** That secrets of a vendor are set: the row says which ones count, so that every environment notices when they change. */
export interface SecretRow {
  readonly setAt: Instant;
  readonly setBy: string;
  /** Another one each time that they are set. */
  readonly version: string;
}

/** Where the secrets of some vendors are kept: a path of Parameter Store, and rows that say which count. */
export interface SecretPlace<Name extends string, Row extends SecretRow> {
  readonly path: EnvName;
  partition(org: OrganisationId): string;
  key(org: OrganisationId, name: Name): Key;
  /** What a row says beside when it was set. */
  row(name: Name, common: SecretRow): Row;
}

/** Keeps, lists, reads and removes secrets of vendors, which people give at run time. */
export function vendorSecrets<Name extends string, Row extends SecretRow>(place: SecretPlace<Name, Row>) {
  const nameOf = (org: OrganisationId, name: Name): string => `${setting(place.path)}/${org}/${name}`;
  return {
    /** Keeps secrets, then the row that makes them count. */
    async set(
      org: OrganisationId,
      name: Name,
      secrets: unknown,
      by: { readonly actor: Actor; readonly at: Instant; readonly version: string },
    ): Promise<Row> {
      await putSecretParameter(nameOf(org, name), JSON.stringify(secrets));
      const row = place.row(name, { setAt: by.at, setBy: by.actor.id, version: by.version });
      await table.put({ ...place.key(org, name), ...(row as object) });
      return row;
    },

    /** Secrets count no more once their row is gone; then they themselves are removed. */
    async remove(org: OrganisationId, name: Name): Promise<boolean> {
      const gone = await table.remove(place.key(org, name));
      await removeSecretParameter(nameOf(org, name));
      forgetSecret(nameOf(org, name));
      return gone !== undefined;
    },

    /** For which vendors secrets are set. */
    async list(org: OrganisationId): Promise<readonly Row[]> {
      return (await table.query<Row>({ partition: place.partition(org) })).items;
    },

    /** The secrets that count, as JSON, and their version; undefined when none are set. Parameter Store is asked once a minute at most. */
    async load(
      org: OrganisationId,
      name: Name,
    ): Promise<{ readonly value: unknown; readonly version: string } | undefined> {
      const row = await table.get<Row>(place.key(org, name));
      if (row === undefined) return undefined;
      const text = await versionedSecret(nameOf(org, name), row.version);
      return text === undefined ? undefined : { value: JSON.parse(text), version: row.version };
    },
  };
}
