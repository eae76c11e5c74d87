import { idOf, isTooDeep, type OrganisationId, type PageId, Refusal } from '../../shared/kernel/index.ts';
import {
  type Component,
  decidePage,
  evolvedBy,
  type Kept,
  type NewPageFact,
  nameOfEntry,
  type PageCommand,
  type PageFact,
  type PageState,
  pageOf,
} from '../../shared/status/index.ts';
import { schema } from '../../shared/table/index.ts';
import { type Recording, stored } from './incident-rows.ts';
import { type Item, table, type Write } from './table.ts';

/** A page and where it stands. */
export interface LoadedPage {
  readonly org: OrganisationId;
  readonly page: PageId;
  /** Whether it stands at the root of the status site; undefined before its first change. */
  readonly root?: boolean;
  readonly state: PageState;
}

export interface PageRecording extends Recording {
  /** Refuses with `precondition` when the page is at another version. */
  readonly expectedVersion?: number;
}

/** How often a decision is made anew after another writer was faster. */
const ATTEMPTS = 8;

/** The page of an organisation; ids leave room for several. */
export const pageOfOrganisation = (org: OrganisationId): PageId => idOf('statusPage', 0, org);

interface Head {
  readonly version: number;
  readonly root: boolean;
}

/** A page with all its things, read consistently: what is read after the head is at least as new, and a change checks the head. */
export async function loadPage(org: OrganisationId, page: PageId): Promise<LoadedPage> {
  const head = await table.get<Head>(schema.pageHead.key({ org, page }));
  if (head === undefined) return { org, page, state: pageOf([]) };
  const { items } = await table.query<{ thing: Kept }>({
    partition: schema.pageThing.partition({ org, page }),
    prefix: schema.pageThing.sortPrefix,
  });
  return {
    org,
    page,
    root: head.root,
    state: pageOf(
      items.map(({ thing }) => thing),
      head.version,
    ),
  };
}

/** The components of a page, those that were removed too, without the rest of it. */
export async function loadComponents(org: OrganisationId, page: PageId): Promise<readonly Component[]> {
  const { items } = await table.query<{ thing: Kept }>({
    partition: schema.pageThing.partition({ org, page }),
    from: schema.pageThing.sort({ kind: 'component', id: '-' }),
    to: schema.pageThing.sort({ kind: 'component', id: '~' }),
  });
  return items.flatMap(({ thing }) => (thing.kind === 'component' ? [thing.is] : []));
}

/** Load, decide, record in one guarded transaction; whoever loses a race loads and decides again. */
export async function commandPage(
  org: OrganisationId,
  page: PageId,
  wanted: PageCommand,
  recording: PageRecording,
): Promise<{ readonly version: number; readonly facts: readonly PageFact[] }> {
  // The root is claimed by the first page that is changed; one that finds it taken stands under its own name.
  let claimsRoot = true;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await loadPage(org, page);
    const { version } = before.state;
    checkVersion(version, recording.expectedVersion);
    const decided = decidePage(before.state, wanted, recording.now);
    if (decided.length === 0) return { version, facts: [] };
    const root = before.root ?? claimsRoot;
    const facts = decided.map((fact, i) => logged(before, version + 1 + i, fact, { ...recording, root }));
    const doors = before.root === undefined ? doorWrites(org, page, root) : [];
    const written = await table.transact([...doors, ...headWrites(before, facts, root)]);
    if (written.committed) return { version: version + facts.length, facts };
    if (doors.length > 1 && written.reasons[0] === 'ConditionalCheckFailed') claimsRoot = false;
  }
  throw new Refusal('unavailable', 'Too many people changed this page at once; try again.');
}

function checkVersion(version: number, expected: number | undefined): void {
  if (expected === undefined || expected === version) return;
  throw new Refusal(
    'precondition',
    `The page is at version ${version}, not ${expected}; read it again, then repeat the change.`,
    'header.if-match',
  );
}

function logged(
  { org, page }: LoadedPage,
  seq: number,
  fact: NewPageFact,
  { actor, now: recordedAt, cause, root }: PageRecording & { readonly root: boolean },
): PageFact {
  const id = idOf('fact', recordedAt, page, String(seq));
  return { ...fact, id, org, pageId: page, seq, recordedAt, actor, root, ...(cause && { cause }) };
}

/** The root's own first: whether that is taken is told at its place. */
function doorWrites(org: OrganisationId, page: PageId, root: boolean): readonly Write[] {
  const door = (name: string): Write => ({
    put: { ...schema.pageDoor.key({ page: name }), org, page },
    ifNew: true,
  });
  return root ? [door('root'), door(page)] : [door(page)];
}

function headWrites(
  { org, page, state }: LoadedPage,
  facts: readonly PageFact[],
  root: boolean,
): readonly Write[] {
  const version = state.version + facts.length;
  const head = { ...schema.pageHead.key({ org, page }), version, root };
  const names = new Set(facts.flatMap(({ data }) => data.entries.map(nameOfEntry)));
  const after = evolvedBy(state, facts);
  const things = [...names].flatMap((name) => after.things.get(name) ?? []);
  return [
    { put: head, ...(state.version === 0 ? { ifNew: true } : { ifVersion: state.version }) },
    ...facts.map((fact) => ({ put: factRow(fact), ifNew: true })),
    ...things.map((thing) => ({ put: thingRow(org, page, thing) })),
  ];
}

/**
 * A fact under its number. The writer sends it to the publisher itself, so that the reader of rooms passes it by; the reader that
 * reacts sends it once more.
 */
function factRow(fact: PageFact): Item {
  const { org, pageId: page, seq } = fact;
  return {
    ...schema.pageFact.key({ org, page, seq }),
    kind: 'fact',
    via: 'queue',
    react: isTooDeep(fact) ? 'no' : 'yes',
    ...fact,
  };
}

function thingRow(org: OrganisationId, page: PageId, thing: Kept): Item {
  const { kind, id } = thing;
  return { ...schema.pageThing.key({ org, page, kind, id }), thing };
}

/** All facts of a page, in order: what its state is made of anew. */
export async function readPageFacts(org: OrganisationId, page: PageId): Promise<readonly PageFact[]> {
  const { items } = await table.query({
    partition: schema.pageFact.partition({ org, page }),
    prefix: schema.pageFact.sortPrefix,
  });
  return items.map((row) => stored<PageFact>(row));
}

/** The page behind a door: by its id, or the one at the root of the status site. */
export async function openPageDoor(
  name: PageId | 'root',
): Promise<{ readonly org: OrganisationId; readonly page: PageId } | undefined> {
  return table.get(schema.pageDoor.key({ page: name }));
}
