import * as z from 'zod';
import { type Instant, isId, type PageId } from '../kernel/index.ts';
import { pageOf } from './evolve.ts';
import type { Entry, Kept, PageState } from './state.ts';

/** A page as its publisher keeps it, beside the files that it wrote from it. */
export interface StoredPage {
  readonly page: PageId;
  /** Whether it stands at the root of the status site. */
  readonly root: boolean;
  /** When the page was last written. */
  readonly writtenAt: Instant;
  /** The API that the form of the page posts to, so that whoever has the bucket alone can write the form. */
  readonly api?: string | undefined;
  readonly state: PageState;
}

const isPageId = (text: string): text is PageId => isId('statusPage', text);

const entry = z.looseObject({ kind: z.string(), id: z.string(), is: z.looseObject({}) });
const stored = z.object({
  page: z.string().refine(isPageId, 'Expected the id of a page, page_…'),
  root: z.boolean(),
  writtenAt: z.int().min(0),
  api: z.url({ protocol: /^https?$/, error: 'Expected the address of the API' }).optional(),
  version: z.int().min(0),
  things: z.array(entry.extend({ seq: z.int().min(0) })),
});

/** The text of a stored page: the same for the same page, in whatever order it came to be. */
export function storedText({ page, root, writtenAt, api, state }: StoredPage): string {
  const things = [...state.things].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kept]) => kept);
  const kept = inOrder({ page, root, writtenAt, api, version: state.version, things });
  return `${JSON.stringify(kept, undefined, 1)}\n`;
}

/** The page in a text. Throws, naming the place, when the text is none. */
export function storedIn(text: string): StoredPage {
  const { things, version, ...rest } = stored.parse(JSON.parse(text));
  // Kinds that another version of the program knows are kept as they are and shown by nobody.
  return { ...rest, state: pageOf(things as unknown as readonly Kept[], version) };
}

/** The things that a fact changed, as they came from a queue. Throws when that is not what it carries. */
export function entriesIn(data: unknown): { readonly entries: readonly Entry[] } {
  const { entries } = z.object({ entries: z.array(entry) }).parse(data);
  return { entries: entries as unknown as readonly Entry[] };
}

/** The same value with the fields of all objects in one order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, inOrder(one)]),
  );
}
