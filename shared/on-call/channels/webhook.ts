import { nameOf } from '../../incidents/index.ts';
import { type Sign, toText } from '../../kernel/index.ts';
import type { PageSubject } from '../briefing.ts';
import type { PageContent } from '../page-content.ts';
import {
  type ChannelOutcome,
  outcomeOfStatus,
  type ProviderAnswer,
  type ProviderRequest,
} from './outcome.ts';

/**
 * Posts a page as a signed webhook. The signature is the HMAC of `<webhook-timestamp>.<body>`; the id is that of the delivery, so
 * that a receiver knows a repetition.
 */
export function webhookRequest(url: string, page: PageContent, id: string, sign: Sign): ProviderRequest {
  const body = JSON.stringify(webhookBody(page, id));
  const timestamp = String(Math.floor(page.now / 1_000));
  return {
    url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `sha256=${sign(`${timestamp}.${body}`)}`,
    },
    body,
  };
}

/** What a webhook says. */
export function webhookBody({ incident, ...page }: PageContent, id: string) {
  const { step, name, person, respondUrl, consoleUrl, possiblyAgain, now } = page;
  return {
    id,
    type: page.isTest ? 'test' : 'page',
    sentAt: toText(now),
    possiblyAgain,
    step,
    generation: incident.generation,
    person: { id: person, name },
    incident: incidentIn(incident),
    acknowledgeUrl: respondUrl,
    incidentUrl: consoleUrl,
  };
}

function incidentIn(incident: PageSubject) {
  const { id, title, description, severity, state, service, runbook, openedAt } = incident;
  return {
    id,
    name: nameOf(incident),
    title,
    ...(description !== undefined && { description }),
    severity,
    state,
    ...(service !== undefined && { service }),
    ...(runbook !== undefined && { runbook }),
    openedAt: toText(openedAt),
  };
}

/** What the answer of a receiver means. */
export function webhookOutcome(answer: ProviderAnswer, id: string): ChannelOutcome {
  if (answer.status >= 200 && answer.status < 300) return { outcome: 'sent', providerId: id };
  return outcomeOfStatus('The receiver', answer, 'It has to answer with 2xx at the very address.');
}
