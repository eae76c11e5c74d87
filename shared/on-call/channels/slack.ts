import { descriptionLines, nameOf } from '../../incidents/index.ts';
import { cut, oneLine } from '../../kernel/index.ts';
import { ifIgnored, type PageContent, shortSeverity } from '../page-content.ts';
import {
  type ChannelOutcome,
  type FailedOutcome,
  outcomeOfStatus,
  type ProviderAnswer,
  type ProviderRequest,
} from './outcome.ts';
import type { SettingsOf } from './settings.ts';

/** The most of a title and of a description that is shown, as it is sent; Slack takes 3,000 characters of a section. */
const TITLE = 300;
const DESCRIPTION = 2_900;

/** What these letters are written as. */
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * The start of a text of others in Slack's markup: so escaped, it can neither mention anybody nor be a link. What counts is its
 * length when it is escaped, since one letter becomes up to five; no escape is cut in two.
 */
function escaped(text: string, most: number): string {
  let room = most;
  let kept = 0;
  for (const unit of cut(text, most)) {
    room -= (escapes[unit] ?? unit).length;
    if (room < 0) break;
    kept += unit.length;
  }
  return cut(text, kept).replaceAll(/[&<>]/g, (unit) => escapes[unit] ?? unit);
}

/** Posts a page to a person or channel of Slack. */
export function slackRequest(
  { botToken, apiUrl }: SettingsOf<'slack'>,
  channel: string,
  page: PageContent,
): ProviderRequest {
  return {
    url: `${apiUrl}/api/chat.postMessage`,
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ channel, ...slackMessage(page), unfurl_links: false, unfurl_media: false }),
  };
}

/** A page as a message of Slack: blocks, and the text that notifications show. */
export function slackMessage(page: PageContent) {
  const { incident, respondUrl, consoleUrl, possiblyAgain } = page;
  const title = escaped(oneLine(incident.title), TITLE);
  const again = possiblyAgain ? ' (possibly again)' : '';
  const head = `[${shortSeverity(incident.severity)}] ${nameOf(incident)} ${title}${again}`;
  const described = escaped(descriptionLines(incident).join('\n'), DESCRIPTION);
  const links = `<${respondUrl}|Acknowledge> · <${consoleUrl}|Open the incident>`;
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
  return {
    text: head,
    blocks: [
      section(`*${head}*\n${links}`),
      ...(described === '' ? [] : [section(described)]),
      section(ifIgnored(page)),
    ],
  };
}

/** Errors that mean that nothing was posted, and that it may be in a moment. */
const passing = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
/** Errors of Slack's own, after which nobody knows. */
const unknown = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** What Slack's answer means. It answers with status 200 whatever is wrong. */
export function slackOutcome(answer: ProviderAnswer): ChannelOutcome {
  if (answer.status !== 200)
    return outcomeOfStatus('Slack', answer, 'Check the address in the settings of the channel.');
  const said = parsed(answer.body);
  if (said.ok === true) {
    if (typeof said.ts === 'string') return { outcome: 'sent', providerId: said.ts.slice(0, 100) };
    return failed('gave no time stamp of the message', { certain: false, isDown: true });
  }
  const error = typeof said.error === 'string' ? said.error.replaceAll(/[^\w.-]/g, '').slice(0, 100) : '';
  if (error === '' || unknown.has(error))
    return failed(`answered ${error || 'without sense'}`, { certain: false, isDown: true });
  if (passing.has(error)) return failed(`answered ${error}`, { certain: true, isDown: false });
  return { outcome: 'refused', reason: `Slack refused it: ${error}. docs/on-call.md tells what to do.` };
}

const failed = (what: string, how: Pick<FailedOutcome, 'certain' | 'isDown'>): FailedOutcome => ({
  outcome: 'failed',
  reason: `Slack ${what}`,
  ...how,
});

function parsed(body: string): { readonly ok?: unknown; readonly ts?: unknown; readonly error?: unknown } {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // Not Slack's own answer: nothing is known of the message.
    return {};
  }
}
