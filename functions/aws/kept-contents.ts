import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { contentName, type KeptContent } from '../../shared/alerts/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { table } from './table.ts';

/** The day of an organisation, and until when what is kept of it is kept. */
export interface KeptDay {
  readonly org: OrganisationId;
  readonly day: number;
  /** In seconds, as the table wants it. */
  readonly ttl: number;
}

/**
 * Contents that this environment has met, by organisation, day, time for which they are kept, and name; true where they are kept by
 * themselves. What is to be kept for longer from now on is met anew.
 */
const met = new Map<string, boolean>();
const MOST = 50_000;

const nameIn = ({ org, day, ttl }: KeptDay, name: string): string => `${org} ${day} ${ttl} ${name}`;

/** Remembers contents that were kept inside of a chunk: should they come again, they are worth a place of their own. */
export function meetContents(day: KeptDay, names: readonly string[]): void {
  if (met.size + names.length > MOST) met.clear();
  for (const name of names) met.set(nameIn(day, name), met.get(nameIn(day, name)) ?? false);
}

/** Gives those of these contents a place of their own that came before on this day; tells their names. */
export async function keepKnown(
  day: KeptDay,
  contents: ReadonlyMap<string, KeptContent>,
): Promise<ReadonlySet<string>> {
  const known = [...contents].filter(([name]) => met.has(nameIn(day, name)));
  const untold = known.filter(([name]) => met.get(nameIn(day, name)) === false);
  await allDone(untold.map(([name, content]) => keepContent(day, name, content)));
  for (const [name] of untold) met.set(nameIn(day, name), true);
  return new Set(known.map(([name]) => name));
}

/** Another worker may know already that it is to be kept for longer; then it stays so. */
async function keepContent({ org, day, ttl }: KeptDay, content: string, said: KeptContent): Promise<void> {
  const body = deflateRawSync(JSON.stringify(said));
  await table.update(schema.signalContent.key({ org, day, content }), {
    set: { kind: 'content', body, ttl },
    if: [{ ttl: { exists: false } }, { ttl: { below: ttl } }],
  });
}

/** Reads contents of a day by their names, and adds them to those that are known. */
export async function readContents(
  { org, day }: Omit<KeptDay, 'ttl'>,
  names: Iterable<string>,
  known: Map<string, KeptContent>,
): Promise<void> {
  const wanted = [...new Set(names)].filter((name) => !known.has(name));
  const keys = wanted.map((content) => schema.signalContent.key({ org, day, content }));
  const rows = await table.load<{ body: Uint8Array }>(keys);
  for (const [i, name] of wanted.entries()) {
    const row = rows[i];
    if (row) known.set(name, JSON.parse(inflateRawSync(row.body).toString('utf8')) as KeptContent);
  }
}

/** The contents of these signals by their names. */
export const byName = (contents: readonly KeptContent[]): ReadonlyMap<string, KeptContent> =>
  new Map(contents.map((content) => [contentName(content), content]));
