import type { Instant } from '../../shared/kernel/index.ts';
import { emptyPage, entriesIn, evolvedBy, type PageState, storedText } from '../../shared/status/index.ts';
import type { PublishMessage, RefreshMessage } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { writeFile } from '../aws/files.ts';
import type { Place } from './place.ts';
import { type Addresses, renderPage } from './render.ts';
import { stateKey, storedPage } from './stored-pages.ts';

/**
 * Takes messages of one page into what is kept of it and writes the page. Whatever is there already, and newer, stays. What dies in
 * between is done again from the beginning: the state, written last, says what was written.
 */
export async function publish(
  messages: readonly (PublishMessage | RefreshMessage)[],
  addresses: Addresses,
  now: Instant,
): Promise<void> {
  const [first] = messages;
  if (first === undefined) return;
  const { page, root } = first;
  const before = await storedPage(page);
  const facts = messages.flatMap((one) =>
    one.kind === 'publish' ? [{ seq: one.seq, data: entriesIn(one.data) }] : [],
  );
  const after = evolvedBy(before?.state ?? emptyPage, facts);
  const isAsked = messages.some(({ kind }) => kind === 'refresh');
  if (before && !isAsked && isSame(before.state, after)) return;
  await writePage({ page, root }, after, addresses, now);
}

/** Writes a page and what is kept of it: the files first, the state last. */
export async function writePage(
  place: Place,
  state: PageState,
  addresses: Addresses,
  now: Instant,
): Promise<void> {
  const files = renderPage(state, place, addresses, now);
  const page = files.slice(-1);
  // The page links to its style sheet and its feed, so they are there before it.
  await allDone(files.slice(0, -1).map(writeFile));
  await allDone(page.map(writeFile));
  const body = storedText({ ...place, writtenAt: now, api: addresses.api, state });
  await writeFile({ key: stateKey(place.page), body, type: 'application/json', cache: 'no-store' });
}

/** Whether nothing newer came: things are only ever replaced by newer ones. */
const isSame = (before: PageState, after: PageState): boolean =>
  before.version === after.version &&
  before.things.size === after.things.size &&
  [...after.things].every(([name, { seq }]) => before.things.get(name)?.seq === seq);
