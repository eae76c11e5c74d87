import { actorText } from '../../shared/incidents/index.ts';
import { type Actor, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import type { Runbook, SavedRunbook, Tally } from '../../shared/runbooks/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { stored } from './incident-rows.ts';
import { table } from './table.ts';

/** A runbook as it is listed and matched. */
export interface RunbookRow
  extends Pick<Runbook, 'id' | 'title' | 'description' | 'category' | 'tags' | 'triggers'> {
  /** What the author calls the version. */
  readonly label: string;
  readonly steps: number;
  /** Counts the saves; the guard of the row. */
  readonly version: number;
  readonly savedAt: number;
  readonly savedBy: Actor;
  readonly createdAt: number;
  readonly removed?: true;
}

/** A runbook as it is listed, with what its runs showed. */
export type ToldRow = RunbookRow & { readonly tally: Tally | undefined };

/** All runbooks, by their ids, or those that were removed. */
export async function listRunbooks(
  org: OrganisationId,
  which: 'there' | 'removed' = 'there',
): Promise<readonly ToldRow[]> {
  const [rows, tallies] = await allDone([
    table.query({ partition: schema.runbook.partition({ org }) }),
    table.query({ partition: schema.runbookTally.partition({ org }) }),
  ]);
  const tallyOf = new Map(tallies.items.map((row) => [row.sk, stored<Tally>(row)]));
  return rows.items
    .map((row) => ({ ...stored<RunbookRow>(row), tally: tallyOf.get(row.sk) }))
    .filter(({ removed }) => (removed ?? false) === (which === 'removed'));
}

/** A saved version of a runbook, or the present one; undefined when there is none. */
export async function loadRunbook(
  org: OrganisationId,
  id: string,
  version?: number,
): Promise<SavedRunbook | undefined> {
  const wanted = version ?? (await table.get<RunbookRow>(schema.runbook.key({ org, runbook: id })))?.version;
  if (wanted === undefined) return undefined;
  const row = await table.get(schema.runbookVersion.key({ org, runbook: id, version: wanted }));
  return row && stored<SavedRunbook>(row);
}

/** A saved version as it is listed. */
export interface ListedVersion extends Pick<SavedRunbook, 'revision' | 'savedAt' | 'savedBy' | 'removed'> {
  readonly runbook: Pick<Runbook, 'version'>;
}

/** The latest saved versions of a runbook, the newest first, without their steps. */
export async function listVersions(org: OrganisationId, id: string): Promise<readonly ListedVersion[]> {
  const { items } = await table.query<ListedVersion>({
    partition: schema.runbookVersion.partition({ org, runbook: id }),
    backwards: true,
    limit: MOST_VERSIONS,
    only: ['revision', 'runbook.version', 'savedAt', 'savedBy', 'removed'],
  });
  return items;
}

/** How many runbooks there are beside this one, removed ones included. */
export async function countOthers(org: OrganisationId, id: string): Promise<number> {
  const { items } = await table.query<{ readonly id: string }>({
    partition: schema.runbook.partition({ org }),
    only: ['id'],
  });
  return items.filter((row) => row.id !== id).length;
}

const MOST_VERSIONS = 100;

/** Who saves a version, when, and in place of which one: of none when the runbook is new. */
export interface Saving {
  readonly actor: Actor;
  readonly at: number;
  readonly from: { readonly revision: number; readonly createdAt: number } | undefined;
  /** It is removed by this save. @default false */
  readonly removes?: boolean;
}

/** Saves the next version, the row and the version in one transaction; undefined when `from` is not the present one. */
export async function saveRunbook(
  org: OrganisationId,
  runbook: Runbook,
  { actor, at, from, removes = false }: Saving,
): Promise<SavedRunbook | undefined> {
  const saved: SavedRunbook = {
    ...{ runbook, revision: (from?.revision ?? 0) + 1, savedAt: at, savedBy: actor },
    createdAt: from?.createdAt ?? at,
    ...(removes && { removed: true }),
  };
  const guard = from === undefined ? { ifNew: true } : { ifVersion: from.revision };
  const { committed } = await table.transact([
    { put: { ...schema.runbook.key({ org, runbook: runbook.id }), ...rowOf(saved) }, ...guard },
    {
      put: { ...schema.runbookVersion.key({ org, runbook: runbook.id, version: saved.revision }), ...saved },
      ifNew: true,
    },
  ]);
  return committed ? saved : undefined;
}

function rowOf({ runbook, revision, savedAt, savedBy, createdAt, removed }: SavedRunbook): RunbookRow {
  const { id, title, description, category, tags, triggers, steps, version: label } = runbook;
  const shown = { id, title, description, category, tags, triggers, label, steps: steps.length };
  return { ...shown, version: revision, savedAt, savedBy, createdAt, ...(removed && { removed }) };
}

/** The runbook of this name; `not_found` when there is none. */
export async function knownRunbook(org: OrganisationId, id: string, version?: number): Promise<SavedRunbook> {
  const found = await loadRunbook(org, id, version);
  if (found !== undefined) return found;
  const which = version === undefined ? '' : ` in version ${version}`;
  throw new Refusal('not_found', `There is no runbook '${id}'${which} here.`, 'path.id');
}

/** The runbook of this name as it is now; `not_found` when there is none, `conflict` when it was removed. */
export async function presentRunbook(org: OrganisationId, id: string): Promise<SavedRunbook> {
  const saved = await knownRunbook(org, id);
  if (!saved.removed) return saved;
  throw new Refusal(
    'conflict',
    `The runbook '${id}' was removed by ${actorText(saved.savedBy)}; bring it back first, by POST /api/runbooks/${id}/restore.`,
    'path.id',
  );
}
