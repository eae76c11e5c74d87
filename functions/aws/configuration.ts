import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type Configuration,
  emptyConfiguration,
  type Understood,
  understood,
  type VersionNote,
} from '../../shared/configuration/index.ts';
import { type Actor, HOUR, type Instant, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { ExpiringCache } from './expiring-cache.ts';
import { stored } from './incident-rows.ts';
import { askForAll } from './muting-groups.ts';
import { table } from './table.ts';

/** The item that names the version in force; detection reads it in its load, by `schema.configurationHead`. */
export interface ConfigurationHead {
  readonly version: number;
  readonly chunks: number;
  readonly updatedAt: Instant;
  readonly updatedBy: string;
}

/** A version of an organisation's configuration; version 0 is the empty one. */
export interface LoadedConfiguration {
  readonly version: number;
  readonly updatedAt?: Instant;
  readonly updatedBy?: string;
  readonly body: Configuration;
  /** What of it this program does not understand, in words. */
  readonly leftOut: readonly string[];
}

/** Hears once, for each version and environment, of what is not understood in a configuration. */
type OnLeftOut = (
  found: Pick<LoadedConfiguration, 'version' | 'leftOut'> & { readonly org: OrganisationId },
) => void;

/** Who stores a new version, when and why, and what it touches. */
export interface Note extends Partial<Pick<VersionNote, 'reason' | 'restores' | 'touched'>> {
  readonly actor: Actor;
  readonly at: Instant;
  /** What alerts hold back, and what waits for a threshold, is to be looked at: rules say otherwise than before. */
  readonly placesOtherwise?: boolean;
}

const nothing: VersionNote['touched'] = { lists: {}, settings: [], more: 0 };

/** Bytes in one item, and items that one version may have. */
const CHUNK = 300_000;
const MOST_CHUNKS = 8;

const bodies = new ExpiringCache<Understood>(100);

/** The configuration in force. Its body is read once per version and environment; a head that was just read saves that read too. */
export async function loadConfiguration(
  org: OrganisationId,
  onLeftOut: OnLeftOut,
  head?: ConfigurationHead,
): Promise<LoadedConfiguration> {
  const inForce = head ?? (await table.get<ConfigurationHead>(schema.configurationHead.key({ org })));
  if (inForce === undefined) return { version: 0, body: emptyConfiguration, leftOut: [] };
  const { version, updatedAt, updatedBy } = inForce;
  const name = `${org} ${version}`;
  const known = bodies.get(name)?.value;
  const read = known ?? (await loadBody(org, inForce));
  const { configuration: body, leftOut } = read;
  if (known === undefined && leftOut.length > 0) onLeftOut({ org, version, leftOut });
  bodies.set(name, read, HOUR);
  return { version, updatedAt, updatedBy, body, leftOut };
}

/** Stores the next version if `from` is still in force, chunks, note and head in one transaction; undefined when it is not. */
export async function replaceConfiguration(
  org: OrganisationId,
  from: number,
  body: Configuration,
  { actor: by, at, touched = nothing, placesOtherwise = false, ...why }: Note,
): Promise<LoadedConfiguration | undefined> {
  const version = from + 1;
  const bytes = packed(JSON.stringify(body));
  const chunks = Math.ceil(bytes.length / CHUNK);
  const head: ConfigurationHead = { version, chunks, updatedAt: at, updatedBy: by.id };
  const note: VersionNote = { version, at, by, touched, ...why };
  const { committed } = await table.transact([
    {
      put: { ...schema.configurationHead.key({ org }), ...head },
      ...(from === 0 ? { ifNew: true } : { ifVersion: from }),
    },
    { put: { ...schema.configurationVersion.key({ org, version }), kind: 'version', ...note } },
    ...Array.from({ length: chunks }, (_, chunk) => ({
      put: {
        ...schema.configurationChunk.key({ org, version, chunk }),
        body: bytes.subarray(chunk * CHUNK, (chunk + 1) * CHUNK),
      },
    })),
    ...(placesOtherwise ? [askForAll(org, at)] : []),
  ]);
  return committed ? { version, updatedAt: at, updatedBy: by.id, body, leftOut: [] } : undefined;
}

/** Refuses what is too large to be kept. */
export function refuseUnkept(body: Configuration): void {
  const text = JSON.stringify(body);
  // What takes three bytes a character and does not compress still fits; compressing takes a while.
  if (text.length * 3 > MOST_CHUNKS * CHUNK - CHUNK) packed(text);
}

function packed(text: string): Buffer {
  const bytes = gzipSync(text);
  if (bytes.length <= MOST_CHUNKS * CHUNK) return bytes;
  throw new Refusal(
    'too_large',
    `The configuration has ${bytes.length} bytes when it is compressed; at most ${MOST_CHUNKS * CHUNK} can be kept. ` +
      'Leave out rules, or shorten what they and the other parts describe.',
    'body',
  );
}

async function loadBody(org: OrganisationId, { version, chunks }: ConfigurationHead): Promise<Understood> {
  const keys = Array.from({ length: chunks }, (_, chunk) =>
    schema.configurationChunk.key({ org, version, chunk }),
  );
  const parts = (await table.load<{ body: Uint8Array }>(keys)).map((row) => row?.body);
  const found = parts.filter((part) => part !== undefined);
  if (found.length < chunks) throw new Error(`Version ${version} of the configuration lacks a chunk`);
  return unpacked(found);
}

const unpacked = (parts: readonly Uint8Array[]): Understood =>
  understood(JSON.parse(gunzipSync(Buffer.concat(parts)).toString('utf8')));

/** What is noted of these versions, in their order; undefined of those that an earlier version of the program stored. */
export async function loadNotes(
  org: OrganisationId,
  versions: readonly number[],
): Promise<readonly (VersionNote | undefined)[]> {
  const keys = versions.map((version) => schema.configurationVersion.key({ org, version }));
  const rows = await table.load<VersionNote>(keys);
  return rows.map((row) => row && stored<VersionNote>(row));
}

/** One version, whether it is in force or was; undefined when there is none of this number. */
export async function loadVersion(org: OrganisationId, version: number): Promise<Understood | undefined> {
  const keys = Array.from({ length: MOST_CHUNKS }, (_, chunk) =>
    schema.configurationChunk.key({ org, version, chunk }),
  );
  const parts = (await table.load<{ body: Uint8Array }>(keys)).flatMap((row) => (row ? [row.body] : []));
  return parts.length === 0 ? undefined : unpacked(parts);
}
