import { type Instant, utcText } from '../kernel/index.ts';
import type { Delivery } from './delivery.ts';
import { outcomeText } from './outcome-text.ts';
import { levelName, type PagingReason, type PagingRecord } from './paging-record.ts';

/** When an incident was opened again, as the record says; undefined where it was opened once. */
export function openedAgain({ incident, facts }: PagingRecord): { readonly at?: Instant } | undefined {
  if (incident.generation === 1) return undefined;
  const fact = facts.find(
    ({ type, data }) => type === 'incident.reopened' && data.generation === incident.generation,
  );
  // When it was recorded: a page may have been sent after the alert fired that opened it again.
  return { ...(fact && { at: fact.recordedAt }) };
}

/** `since it was opened again at 2026-11-28 03:01:12 UTC`; undefined where it was opened once. */
export function sinceWords(record: PagingRecord): string | undefined {
  const again = openedAgain(record);
  return again && `since it was opened again${again.at === undefined ? '' : ` at ${utcText(again.at)} UTC`}`;
}

/** Whether a provider had taken a page: before it was opened again, or before it was split off. */
export const wasPaged = (before: PagingRecord['before']): boolean =>
  before?.pages.some(({ state }) => state === 'sent') === true;

/** Whom the incident had paged from which it was split off; undefined where it was not. */
export function splitWords(record: PagingRecord): string | undefined {
  const { splitFrom, nameOf } = record;
  if (!splitFrom) return undefined;
  const before = beforeWords({ before: splitFrom, nameOf });
  return `Before it was split off, ${before.replace(/^it /, `${splitFrom.name} `)}`;
}

/** The same among the reasons. */
export function splitReasons(record: PagingRecord): readonly PagingReason[] {
  const text = splitWords(record);
  return text === undefined ? [] : [{ text }];
}

/** Whom an incident paged before it was opened again, to follow "Before that, ". */
export function beforeWords(record: Pick<PagingRecord, 'before' | 'nameOf'>): string {
  const { before, nameOf } = record;
  if (!before) return 'what was paged stands in its timeline.';
  const paged = firstPages(before.pages);
  const [failed] = before.pages.filter(({ state }) => state === 'failed');
  if (paged.length > 0) return `it paged ${listed(paged, record)}.`;
  if (failed) return `it tried to page ${nameOf(failed.person)}, and no provider took it.`;
  const planned = before.pages.length;
  return planned > 0 ? `it planned ${planned} pages, of which none was sent.` : 'it paged nobody.';
}

/** What became of each page before it was opened again, in the order in which they were planned; the last ones of very many. */
export function beforeLines(
  record: PagingRecord,
  pages = record.before?.pages ?? [],
): readonly PagingReason[] {
  const told = inOrder(pages).slice(-MOST_PAGES);
  const untold = pages.length - told.length;
  return [
    ...(untold > 0 ? [{ text: `Pages of still earlier that are not told here: ${untold}.` }] : []),
    ...told.map((page) => pageTold(page, record)),
  ];
}

/** Why somebody was paged before it was opened again, or was not, and that what follows is since then. */
export function beforeReasons(person: string, record: PagingRecord): readonly PagingReason[] {
  const again = openedAgain(record);
  if (!again) return [];
  const called = record.nameOf(person);
  const own = record.before?.pages.filter((page) => page.person === person) ?? [];
  const other = wasPaged(record.before) ? ` ${called} was not paged then.` : '';
  return [
    ...(own.length === 0
      ? [{ text: `Before it was opened again, ${beforeWords(record)}${other}` }]
      : beforeLines(record, own).map(({ text, ...at }) => ({
          ...at,
          text: `Before it was opened again: ${text}`,
        }))),
    { ...again, text: 'It was opened again: what follows is since then.' },
  ];
}

/** Pages, and people, that are told of one by one. */
const [MOST_PAGES, MOST_PEOPLE] = [20, 8];

type Sent = Extract<Delivery, { state: 'sent' }>;

/** The first page of each person that a provider took, in order of time. */
function firstPages(pages: readonly Delivery[]): readonly Sent[] {
  const sent = pages.filter((page): page is Sent => page.state === 'sent');
  const inTime = sent.toSorted((a, b) => a.sentAt - b.sentAt || a.step - b.step);
  return inTime.filter((page, place) => inTime.findIndex(({ person }) => person === page.person) === place);
}

function listed(paged: readonly Sent[], record: Pick<PagingRecord, 'before' | 'nameOf'>): string {
  const more = paged.length - MOST_PEOPLE;
  const told = paged
    .slice(0, MOST_PEOPLE)
    .map((page) => `${record.nameOf(page.person)} (${placeOf(page, record)}, ${utcText(page.sentAt)} UTC)`);
  return `${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function pageTold(page: Delivery, record: PagingRecord): PagingReason {
  const { text, ...at } = outcomeText(page);
  const who = `${record.nameOf(page.person)} (${placeOf(page, record)})`;
  return { ...at, text: `${who}, ${text.charAt(0).toLowerCase()}${text.slice(1)}` };
}

/** The level of a page, or its step where the log of that was not read. */
function placeOf({ generation, step }: Delivery, { before }: Pick<PagingRecord, 'before'>): string {
  const fact = before?.steps.find(({ data }) => data.generation === generation && data.step === step);
  return fact ? levelName(fact.data).toLowerCase() : `step ${step}`;
}

const inOrder = (pages: readonly Delivery[]): readonly Delivery[] =>
  pages.toSorted((a, b) => a.generation - b.generation || a.step - b.step || (a.person < b.person ? -1 : 1));
