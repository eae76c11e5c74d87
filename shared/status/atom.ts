import { html } from '../on-call/index.ts';
import type { PageIncidentView, StatusView } from './view.ts';

/** The newest entries that a feed has. */
const MOST = 50;

/** The public page as an Atom feed: an entry for each update, newest first. `url` is its address, with a slash at its end. */
export function atomFeed(view: StatusView, url: string): string {
  const entries = [...view.incidents, ...view.past]
    .flatMap((incident) => incident.updates.map((update) => ({ incident, update })))
    .toSorted((a, b) => (a.update.at < b.update.at ? 1 : a.update.at > b.update.at ? -1 : 0))
    .slice(0, MOST);
  const newest = entries.map(({ update }) => changedAt(update)).reduce(later, '') || view.updatedAt;
  const feed = html`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:status:${view.page.id}</id>
<title>${clean(view.page.name)}</title>
<updated>${newest}</updated>
<author><name>${clean(view.page.name)}</name></author>
<link rel="self" type="application/atom+xml" href="${url}history.atom"/>
<link rel="alternate" type="text/html" href="${url}"/>
${entries.map((entry) => entryOf(entry, url))}</feed>
`;
  return feed.text;
}

interface Told {
  readonly incident: PageIncidentView;
  readonly update: PageIncidentView['updates'][number];
}

const words = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
} as const;

/** A feed whose own time did not move would be taken as unchanged, with the words that were withdrawn. */
const changedAt = ({ at, correctedAt, withdrawnAt }: Told['update']): string =>
  withdrawnAt ?? correctedAt ?? at;

const later = (a: string, b: string): string => (a > b ? a : b);

const entryOf = ({ incident, update }: Told, url: string) => html`<entry>
<id>urn:status:${update.id}</id>
<title>${words[update.state]}: ${clean(incident.title)}</title>
<updated>${changedAt(update)}</updated>
<published>${update.at}</published>
<link rel="alternate" type="text/html" href="${url}#${incident.id}"/>
<content type="text">${update.withdrawnAt === undefined ? clean(update.text) : 'This update was withdrawn.'}</content>
</entry>
`;

/** Without the characters that XML has no way to say. */
const clean = (text: string): string => text.toWellFormed().replaceAll(unsayable, '');

const unsayable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
