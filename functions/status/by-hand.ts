import * as z from 'zod';
import { isId, type PageId } from '../../shared/kernel/index.ts';
import {
  emptyPage,
  evolvedBy,
  laidOver,
  type StoredPage,
  storedIn,
  storedText,
} from '../../shared/status/index.ts';
import { clock } from '../aws/clock.ts';
import { loadPage, openPageDoor, readPageFacts } from '../aws/page-log.ts';
import { setting, settingIfKnown } from '../aws/settings.ts';
import { pageAddress } from './place.ts';
import { writePage } from './publish.ts';
import { storedPage, storedPages } from './stored-pages.ts';

/** What the bucket keeps of a page, as text: of the one at the root without an id. Needs only the bucket. */
export async function savedText(wanted?: string): Promise<string> {
  const pages = (await storedPages()).filter(({ page, root }) =>
    wanted === undefined ? root : page === wanted,
  );
  const [found] = pages;
  if (found !== undefined) return storedText(found);
  throw new Error(
    `The bucket keeps no page ${wanted ?? 'at the root'}. Nothing was ever published there; --rebuild makes it from the facts.`,
  );
}

/** Publishes a page from a text; what the bucket keeps and is newer stays. Needs only the bucket. Gives the page's address. */
export async function publishText(text: string, name: string): Promise<string> {
  const written = writtenIn(text, name);
  const before = await storedPage(written.page);
  if (before !== undefined && before.root !== written.root)
    throw new Error(
      `${name} says root: ${written.root} of ${written.page}, the bucket ${before.root}; set it right.`,
    );
  // Where only the bucket is known, it tells where the form of the page posts to.
  const api = before?.api ?? written.api;
  return write({ ...written, api }, laidOver(before?.state ?? emptyPage, written.state));
}

/** Makes a page anew from its facts in the table, whatever the bucket keeps, and publishes it. Gives the page's address. */
export async function rebuild(wanted?: string): Promise<string> {
  if (wanted !== undefined && !isPage(wanted))
    throw new Error(`Got --page ${wanted}; allowed is the id of a page, page_…`);
  const door = await openPageDoor(wanted ?? 'root');
  if (door === undefined)
    throw new Error(`The table has no page ${wanted ?? 'at the root'}: nobody has changed one yet.`);
  const { org, page } = door;
  const [facts, { root = false }] = [await readPageFacts(org, page), await loadPage(org, page)];
  return write({ page, root }, evolvedBy(emptyPage, facts));
}

const isPage = (text: string): text is PageId => isId('statusPage', text);

async function write(
  { page, root, api }: Pick<StoredPage, 'page' | 'root' | 'api'>,
  state: StoredPage['state'],
): Promise<string> {
  const site = setting('statusUrl');
  const addresses = { site, api: settingIfKnown('publicUrl') ?? api };
  await writePage({ page, root }, state, addresses, clock.now()).catch((error: unknown) => {
    const [first] = error instanceof AggregateError ? error.errors : [error];
    const why = first instanceof Error ? first.message : String(first);
    throw new Error(`The bucket of the status site does not take the page: ${why}`, { cause: error });
  });
  return pageAddress(site, { page, root });
}

function writtenIn(text: string, name: string): StoredPage {
  try {
    return storedIn(text);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${name} is not the state of a page, which --save would give:\n${why}`, { cause: error });
  }
}
