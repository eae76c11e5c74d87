import { type Incident, nameOf } from '../incidents/index.ts';
import { type Html, html, oneLine, timeForPeople } from './html.ts';

/** What a page by e-mail says. */
export interface PageMail {
  readonly incident: Pick<Incident, 'number' | 'title' | 'severity' | 'service' | 'openedAt'>;
  readonly step: number;
  /** Whom it is for. */
  readonly name: string;
  /** The signed address that acknowledges. */
  readonly respondUrl: string;
  /** The incident in the console. */
  readonly consoleUrl: string;
  /** An earlier attempt may have reached this person already. */
  readonly possiblyAgain: boolean;
}

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** `P1` of `P1_CRITICAL`. */
export function shortSeverity(severity: Incident['severity']): string {
  return severity.slice(0, 2);
}

/** The page that wakes somebody, as subject, plain text and HTML. The subject is one line whatever the title holds. */
export function renderPage(page: PageMail): RenderedMail {
  const { incident, step, possiblyAgain } = page;
  const title = oneLine(incident.title);
  const again = possiblyAgain ? ' (possibly again)' : '';
  const subject = `[${shortSeverity(incident.severity)}] ${nameOf(incident)} ${title} — step ${step}${again}`;
  return { subject, text: renderText(page, title), html: renderHtml(page, title).text };
}

const AGAIN =
  'You may have been told this already: an earlier attempt ended without an answer from the mail provider.';
const IGNORED = 'If nobody acknowledges, the next level of the policy is paged.';

function details({ incident, step }: PageMail): readonly (readonly [string, string])[] {
  return [
    ['Severity', incident.severity],
    ...(incident.service === undefined ? [] : [['Service', oneLine(incident.service)] as const]),
    ['Since', timeForPeople(incident.openedAt)],
    ['Escalation step', String(step)],
  ];
}

function renderText(page: PageMail, title: string): string {
  const lines = [
    `${oneLine(page.name)}, you are paged for ${nameOf(page.incident)}:`,
    title,
    '',
    ...details(page).map(([name, value]) => `${name}: ${value}`),
    '',
    `Acknowledge: ${page.respondUrl}`,
    `Open: ${page.consoleUrl}`,
    '',
    ...(page.possiblyAgain ? [AGAIN] : []),
    IGNORED,
  ];
  return `${lines.join('\n')}\n`;
}

// No colours of text: mail programs show this on white and on black.
const cell = 'padding:2px 16px 2px 0;text-align:left;font-weight:normal';
const button =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#b42318;color:#fff;text-decoration:none;font-weight:bold';

function renderHtml(page: PageMail, title: string): Html {
  const rows = details(page).map(
    ([name, value]) =>
      html`<tr><th style="${cell}">${name}</th><td style="${cell}"><bdi>${value}</bdi></td></tr>`,
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${nameOf(page.incident)}</title></head>
<body style="font:16px/1.5 system-ui,sans-serif;max-width:560px;margin:0 auto;padding:16px">
<p><bdi>${oneLine(page.name)}</bdi>, you are paged for ${nameOf(page.incident)}:</p>
<h1 style="font-size:22px;margin:0 0 16px"><bdi>${title}</bdi></h1>
<table style="border-collapse:collapse;margin:0 0 24px">${rows}</table>
<p><a href="${page.respondUrl}" style="${button}">Acknowledge</a></p>
<p><a href="${page.consoleUrl}">Open the incident</a></p>
${page.possiblyAgain ? html`<p><strong>${AGAIN}</strong></p>` : ''}<p>${IGNORED}</p>
</body></html>
`;
}
