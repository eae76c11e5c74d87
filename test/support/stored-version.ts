import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_WRITES, table } from '../../functions/aws/table.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';

type Item = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };
type Message = Readonly<Record<string, unknown>> & { readonly kind: string };

/** What a version of the program left: its items, one message of each kind, and when that was. */
export interface StoredVersion {
  readonly now: Instant;
  readonly organisation: OrganisationId;
  readonly messages: readonly Message[];
  readonly items: readonly Item[];
}

/** Reads what `store-fixture.ts` wrote with that version of the program. */
export function storedVersion(version: string): StoredVersion {
  const file = join(import.meta.dirname, `fixtures/stored-${version}.json`);
  const bytes = (_: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && 'base64' in value
      ? Buffer.from(String(value.base64), 'base64')
      : value;
  return JSON.parse(readFileSync(file, 'utf8'), bytes) as StoredVersion;
}

/** Puts it all into the table as if another organisation had stored it; gives that with its own name in all places. */
export async function restore(stored: StoredVersion, org: OrganisationId): Promise<StoredVersion> {
  const moved = renamed(stored, stored.organisation, org) as StoredVersion;
  for (let i = 0; i < moved.items.length; i += MAX_WRITES)
    await table.transact(moved.items.slice(i, i + MAX_WRITES).map((put) => ({ put })));
  return moved;
}

function renamed(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.replaceAll(from, to);
  if (Array.isArray(value)) return value.map((one) => renamed(one, from, to));
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, renamed(one, from, to)]));
}
