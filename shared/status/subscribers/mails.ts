import { cut, linesOf, oneLine } from '../../kernel/index.ts';
import { type Html, html, stacked, timeForPeople } from '../../on-call/index.ts';
import type { PageIncident, Update, UpdateState } from '../nouns.ts';

/** What a mail to a subscriber says, in both forms. */
export interface SubscriberMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const states: Readonly<Record<UpdateState, string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};

/** Asks the reader of an address whether the updates of a page are wanted. */
export function confirmationMail(pageName: string, confirmUrl: string): SubscriberMail {
  const page = named(pageName);
  const intro = `Somebody, hopefully you, asked to send the updates of ${page} to this address.`;
  const rest = 'If it was not you, do nothing: you get no further mail. The link works for two days.';
  return {
    subject: oneLine(`Confirm your subscription to ${page}`),
    text: `${intro}\n\nConfirm it here:\n${confirmUrl}\n\n${rest}\n`,
    html: document(
      html`<p>${intro}</p><p><a href="${confirmUrl}">Confirm the subscription</a></p><p>${rest}</p>`,
    ),
  };
}

/** Tells a subscriber what was published. */
export function updateMail(
  { incident, update }: { readonly incident: PageIncident; readonly update: Update },
  page: { readonly name: string; readonly url: string; readonly endUrl: string },
): SubscriberMail {
  const [name, title] = [named(page.name), oneLine(incident.title)];
  const state = states[update.state];
  const lines = linesOf(update.text);
  const at = timeForPeople(update.at);
  const why = `You get this because you subscribed to ${name}.`;
  return {
    subject: oneLine(`[${name}] ${state}: ${title}`),
    text: `${title}\n${state}, ${at}\n\n${lines.join('\n')}\n\n${page.url}\n\n--\n${why}\nUnsubscribe: ${page.endUrl}\n`,
    html: document(
      html`<h1><bdi>${title}</bdi></h1><p>${state}, ${at}</p>${stacked(lines)}<p><a href="${page.url}">Status page</a></p><hr><p>${why} <a href="${page.endUrl}">Unsubscribe</a></p>`,
    ),
  };
}

/** What lets a mail program offer to unsubscribe with one click (RFC 8058). */
export const endHeaders = (endUrl: string): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${endUrl}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

const named = (pageName: string): string => cut(oneLine(pageName), 100);

const document = (body: Html): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"></head><body>${body}</body></html>
`.text;
