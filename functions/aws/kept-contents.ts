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

/** Contents that this environment has met, by organisation, day and name; true where they are kept by themselves. */
const met = new Map<string, boolean>();
const MOST = 50_000;

const nameIn = ({ org, day }: Omit<KeptDay, 'ttl'>, name: string): string => `${org} ${day} ${name}`;

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
  await allDone(untold.map(([name, content]) => table.put(rowOf(day, name, content))));
  for (const [name] of untold) met.set(nameIn(day, name), true);
  return new Set(known.map(([name]) => name));
}

function rowOf({ org, day, ttl }: KeptDay, content: string, said: KeptContent) {
  const body = deflateRawSync(JSON.stringify(said));
  return { ...schema.signalContent.key({ org, day, content }), kind: 'content', body, ttl };
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
