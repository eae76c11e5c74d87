import { descriptionLines, nameOf } from '../incidents/index.ts';
import { oneLine } from '../kernel/index.ts';
import { type Detail, detailsOf, detailValue } from './briefing.ts';
import { type Html, html, stacked } from './html.ts';
import { ifIgnored, type PageContent, shortSeverity } from './page-content.ts';

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The page that wakes somebody, as subject, plain text and HTML. The subject is one line whatever the title holds. */
export function renderPage(page: PageContent): RenderedMail {
  const { incident, step, possiblyAgain } = page;
  const title = oneLine(incident.title);
  const again = possiblyAgain ? ' (possibly again)' : '';
  const subject = `[${shortSeverity(incident.severity)}] ${nameOf(incident)} ${title} — step ${step}${again}`;
  return { subject, text: renderText(page, title), html: renderHtml(page, title).text };
}

const AGAIN =
  'You may have been told this already: an earlier attempt ended without an answer from the mail provider.';

function details({ incident, step, now }: PageContent): readonly Detail[] {
  return [...detailsOf(incident, now), { name: 'Escalation step', value: String(step) }];
}

// What a sender wrote is set in, so that no line of it can pass for one of ours.
const setIn = (lines: readonly string[]): readonly string[] => lines.map((line) => line && `    ${line}`);

function renderText(page: PageContent, title: string): string {
  const description = descriptionLines(page.incident);
  const lines = [
    `${oneLine(page.name)}, you are paged for ${nameOf(page.incident)}:`,
    '',
    ...setIn([title]),
    '',
    ...(description.length > 0 ? [...setIn(description), ''] : []),
    `Acknowledge: ${page.respondUrl}`,
    `Open: ${page.consoleUrl}`,
    '',
    ...details(page).map(({ name, value }) => `${name}: ${value}`),
    '',
    ...(page.possiblyAgain ? [AGAIN] : []),
    ifIgnored(page),
  ];
  return `${lines.join('\n')}\n`;
}

// No colours of text: mail programs show this on white and on black.
const wrap = 'overflow-wrap:anywhere;word-break:break-word';
const cell = 'padding:2px 16px 2px 0;text-align:left;vertical-align:top;font-weight:normal';
const quote = `margin:0 0 20px;padding:2px 0 2px 12px;border-left:4px solid #b42318;${wrap}`;
const button =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#b42318;color:#fff;text-decoration:none;font-weight:bold';

function renderHtml(page: PageContent, title: string): Html {
  const description = descriptionLines(page.incident);
  const rows = details(page).map(
    (detail) =>
      html`<tr><th style="${cell};white-space:nowrap">${detail.name}</th><td style="${cell};${wrap}">${detailValue(detail)}</td></tr>`,
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${nameOf(page.incident)}</title></head>
<body style="font:16px/1.5 system-ui,sans-serif;max-width:560px;margin:0 auto;padding:16px">
<p><bdi>${oneLine(page.name)}</bdi>, you are paged for ${nameOf(page.incident)}:</p>
<h1 style="font-size:22px;line-height:1.3;margin:0 0 16px;${wrap}"><bdi>${title}</bdi></h1>
${description.length > 0 ? html`<div style="${quote}">${stacked(description)}</div>\n` : ''}<p style="margin:0 0 20px"><a href="${page.respondUrl}" style="${button}">Acknowledge</a></p>
<p><a href="${page.consoleUrl}">Open the incident</a></p>
<table style="border-collapse:collapse;margin:0 0 24px">${rows}</table>
${page.possiblyAgain ? html`<p><strong>${AGAIN}</strong></p>` : ''}<p>${ifIgnored(page)}</p>
</body></html>
`;
}
