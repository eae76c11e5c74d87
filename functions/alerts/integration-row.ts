import type { Source } from '../../shared/alerts/index.ts';
import { type Instant, type IntegrationId, toText } from '../../shared/kernel/index.ts';

/** An integration as stored in the list. The door's hash is kept, so that the door can be closed; the secret is nowhere. */
export interface IntegrationRow {
  readonly id: IntegrationId;
  readonly name: string;
  readonly source: Source;
  readonly createdAt: Instant;
  readonly door: string;
}

/** The integration as the API shows it. */
export function viewOf({ id, name, source, createdAt }: IntegrationRow) {
  return { id, name, source, createdAt: toText(createdAt) };
}

/** What a sender is set up with: a full address, or an address that all share and a routing key. */
export function addressOf(source: Source, secret: string, alertsUrl: string) {
  const base = alertsUrl.replace(/\/+$/, '');
  return source === 'pagerduty-events'
    ? { url: `${base}/v2/enqueue`, routingKey: secret }
    : { url: `${base}/webhooks/${source}/${secret}` };
}
