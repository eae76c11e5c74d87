import { descriptionLines, nameOf } from '../../incidents/index.ts';
import { cut, oneLine } from '../../kernel/index.ts';
import { ifIgnored, type PageContent, shortSeverity } from '../page-content.ts';
import {
  type ChannelOutcome,
  outcomeOfStatus,
  type ProviderAnswer,
  type ProviderRequest,
} from './outcome.ts';

/** The most of a title and of a description that is shown; a card holds some 28 KB. */
const TITLE = 300;
const DESCRIPTION = 2_000;

/** Posts a page as an adaptive card to a workflow of Microsoft Teams, whose address is its secret. */
export function teamsRequest(url: string, page: PageContent): ProviderRequest {
  return { url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(teamsMessage(page)) };
}

/** A page as a card. Runs of text know no markup, so what others wrote can be no link. */
export function teamsMessage(page: PageContent) {
  const { incident, respondUrl, consoleUrl, possiblyAgain } = page;
  const title = cut(oneLine(incident.title), TITLE);
  const again = possiblyAgain ? ' (possibly again)' : '';
  const described = cut(descriptionLines(incident).join('\n'), DESCRIPTION);
  const text = (words: string, weight = 'Default') => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: words, weight }],
  });
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      text(`[${shortSeverity(incident.severity)}] ${nameOf(incident)} ${title}${again}`, 'Bolder'),
      ...(described === '' ? [] : [text(described)]),
      text(ifIgnored(page)),
    ],
    actions: [
      { type: 'Action.OpenUrl', title: 'Acknowledge', url: respondUrl },
      { type: 'Action.OpenUrl', title: 'Open the incident', url: consoleUrl },
    ],
    msteams: { width: 'full' },
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

/** What the answer of a workflow means: accepted is all that it says. */
export function teamsOutcome(answer: ProviderAnswer, id: string): ChannelOutcome {
  if (answer.status >= 200 && answer.status < 300) return { outcome: 'sent', providerId: id };
  return outcomeOfStatus('The workflow of Microsoft Teams', answer, 'Make a new one, and give its address.');
}
