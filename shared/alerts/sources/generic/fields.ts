import type { JsonRecord } from '../../../kernel/index.ts';
import { openFields } from '../../reading.ts';

/** Where a generic body may say what; the first field that is there counts. */
export const fields = {
  title: ['title', 'message', 'summary', 'name', 'subject', 'alert_name', 'text'],
  description: ['description', 'message', 'details', 'body', 'text', 'summary'],
  state: ['state', 'status', 'alert_state', 'event_action', 'action'],
  key: ['key', 'dedup_key', 'dedupKey', 'alert_uid', 'alias', 'incident_key', 'fingerprint', 'id'],
  severity: ['severity', 'priority', 'level', 'urgency'],
  service: ['service', 'service_name', 'app', 'application', 'component'],
  link: ['url', 'link', 'link_to_upstream_details', 'href', 'runbook_url', 'dashboard_url'],
  time: [
    'timestamp',
    'time',
    'starts_at',
    'startsAt',
    'started_at',
    'startedAt',
    'date',
    'created_at',
    'createdAt',
  ],
  end: ['ends_at', 'endsAt', 'ended_at', 'endedAt', 'resolved_at', 'resolvedAt', 'closed_at', 'closedAt'],
} as const satisfies Record<string, readonly string[]>;

const used: ReadonlySet<string> = new Set<string>([
  ...Object.values(fields).flat(),
  'labels',
  'annotations',
  'resolved',
]);
/** The fields that have no meaning of their own, so that what a sender adds is still seen. */
export function spareLabels(said: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(openFields(said)).filter(([name]) => !used.has(name)));
}
