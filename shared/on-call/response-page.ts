import { descriptionLines, type Incident, nameOf } from '../incidents/index.ts';
import { type Instant, oneLine } from '../kernel/index.ts';
import { detailsOf, detailValue, nextPage } from './briefing.ts';
import { type Html, html, stacked, timeForPeople } from './html.ts';
import { renderLinkPage } from './link-page.ts';
import { shortSeverity } from './page-content.ts';

/** What a person sees who followed the link of a page. */
export type ResponsePage =
  | { readonly show: 'question'; readonly incident: Incident; readonly name: string }
  | { readonly show: 'outcome'; readonly incident: Incident; readonly by: 'this-answer' | 'before' }
  /** The incident has been reopened or removed since: the link is of the past. */
  | { readonly show: 'over' }
  /** Forged, expired, or of a person who is nobody any more; says nothing else. */
  | { readonly show: 'refused' };

/** A page that needs no script and nothing from elsewhere. Only its button acts, since mail scanners open every link. */
export function renderResponse(page: ResponsePage, now: Instant): string {
  const { title, body } = contentOf(page, now);
  return renderLinkPage(title, body);
}

function contentOf(page: ResponsePage, now: Instant): { readonly title: string; readonly body: Html } {
  switch (page.show) {
    case 'question':
      return { title: nameOf(page.incident), body: question(page.incident, page.name, now) };
    case 'outcome':
      return { title: nameOf(page.incident), body: outcome(page.incident, page.by, now) };
    case 'over':
      return {
        title: 'Out of date',
        body: html`<h1>This link is out of date</h1><p>The incident has moved on since this page was sent.</p>`,
      };
    case 'refused':
      return {
        title: 'Not valid',
        body: html`<h1>This link is not valid</h1><p>It may have expired. Use the newest page you got, or sign in.</p>`,
      };
  }
}

function question(incident: Incident, name: string, now: Instant): Html {
  if (incident.state !== 'triggered') return outcome(incident, 'before', now);
  const next = nextPage(incident, now);
  const silence = next === undefined ? 'Nobody else will be paged.' : `The next page goes out ${next}.`;
  return html`${heading(incident)}${said(incident)}<p>Nobody has acknowledged it yet. ${silence}</p>
<form method="post"><button type="submit">Acknowledge as <bdi>${oneLine(name)}</bdi></button></form>${details(incident, now)}`;
}

function outcome(incident: Incident, by: 'this-answer' | 'before', now: Instant): Html {
  return html`${heading(incident)}<p role="status">${sentence(incident, by)}</p>${said(incident)}${details(incident, now)}`;
}

function said(incident: Incident): Html {
  const lines = descriptionLines(incident);
  return lines.length === 0
    ? html``
    : html`<div class="said">${stacked(lines)}</div>
`;
}

function details(incident: Incident, now: Instant): Html {
  const rows = detailsOf(incident, now).map(
    (detail) => html`<dt>${detail.name}</dt><dd>${detailValue(detail)}</dd>`,
  );
  return html`<dl>${rows}</dl>`;
}

function sentence(incident: Incident, by: 'this-answer' | 'before'): Html {
  const already = by === 'before' ? 'already ' : '';
  switch (incident.state) {
    case 'acknowledged':
      return html`It is ${already}acknowledged by <bdi>${actorName(incident.acknowledgedBy)}</bdi> at ${timeForPeople(incident.acknowledgedAt)}. The escalation has stopped.`;
    case 'resolved':
      return html`It is already resolved, since ${timeForPeople(incident.resolvedAt)}. There is nothing left to do.`;
    case 'triggered':
      return html`Nobody has acknowledged it yet.`;
  }
}

function heading(incident: Incident): Html {
  return html`<p class="quiet">${nameOf(incident)} · ${shortSeverity(incident.severity)} · ${incident.state}</p>
<h1><bdi>${oneLine(incident.title)}</bdi></h1>`;
}

function actorName(actor: Incident['openedBy']): string {
  return actor.kind === 'system' ? 'the system' : oneLine(actor.name);
}
