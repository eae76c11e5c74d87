import { groupText, type Incident, runbookAddress } from '../incidents/index.ts';
import { type Id, type IncidentId, type Instant, lasting, MINUTE, oneLine, toText } from '../kernel/index.ts';
import { type Html, html, timeForPeople } from './html.ts';

/** What a page is about: an incident, or what stands in its place in a test, by an id that no incident has. */
export type PageSubject = WithId<Incident>;

type WithId<One extends Incident> = One extends Incident
  ? Omit<One, 'id'> & { readonly id: IncidentId | Id<'test'> }
  : never;

/** One thing that is known of an incident; with an address when its value is one. */
export interface Detail {
  readonly name: string;
  readonly value: string;
  readonly href?: string;
}

/** What somebody who is paged needs to know beside title and description. */
export function detailsOf(incident: PageSubject, now: Instant): readonly Detail[] {
  const { severity, service, runbook, openedAt } = incident;
  const group = groupText(incident);
  return [
    { name: 'Severity', value: severity },
    ...(service === undefined ? [] : [{ name: 'Service', value: oneLine(service) }]),
    ...(group === undefined ? [] : [{ name: 'Grouped by', value: group }]),
    ...(runbook === undefined ? [] : [runbookDetail(oneLine(runbook))]),
    { name: 'Opened', value: `${timeForPeople(openedAt)}, ${agoText(now - openedAt)}` },
  ];
}

function runbookDetail(value: string): Detail {
  const href = runbookAddress(value);
  return { name: 'Runbook', value, ...(href !== undefined && { href }) };
}

const agoText = (age: number): string => (age < MINUTE ? 'just now' : `${lasting(age)} ago`);

/** A value as HTML: a link when it is an address, else text that keeps its direction to itself. */
export function detailValue({ value, href }: Detail): Html {
  return href === undefined ? html`<bdi>${value}</bdi>` : html`<a href="${href}"><bdi>${value}</bdi></a>`;
}

/**
 * When the next page goes out if nobody answers, such as `at 09:05 UTC`; undefined when nobody else will be paged. The policy
 * may begin anew, so whom it reaches is not said.
 */
export function nextPage(incident: PageSubject, now: Instant): string | undefined {
  const dueAt = incident.state === 'triggered' ? incident.next?.dueAt : undefined;
  if (dueAt === undefined) return undefined;
  if (dueAt <= now) return 'now';
  const [day, time = ''] = toText(dueAt).split('T');
  const isToday = toText(now).startsWith(day ?? '');
  return `${isToday ? 'at' : `on ${day} at`} ${time.slice(0, 5)} UTC`;
}
