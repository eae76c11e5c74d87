import type { ComponentView, StatusView } from '../../shared/status/view.ts';

/** How a component works, in words. */
export const statusWords: Readonly<Record<ComponentView['status'], string>> = {
  operational: 'Operational',
  degraded_performance: 'Degraded performance',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
  under_maintenance: 'Under maintenance',
};

/** What an update says, in words. */
export const stateWords: Readonly<Record<StatusView['incidents'][number]['state'], string>> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};

/** How much an incident matters, in words. */
export const impactWords: Readonly<Record<StatusView['incidents'][number]['impact'], string>> = {
  none: 'No impact',
  minor: 'Minor impact',
  major: 'Major impact',
  critical: 'Critical impact',
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `28 Nov 2026` of RFC 3339 in UTC, or of a day. */
export function dayWords(text: string): string {
  const [year = '', month = '', day = ''] = text.slice(0, 10).split('-');
  return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`;
}

/** `28 Nov 2026, 14:05 UTC` of RFC 3339 in UTC: no page without script knows the reader's zone. */
export const timeWords = (text: string): string => `${dayWords(text)}, ${clockWords(text)}`;

/** `14:05 UTC` of RFC 3339 in UTC. */
export const clockWords = (text: string): string => `${text.slice(11, 16)} UTC`;

/** `35 min`, `2 h 5 min` of seconds. */
export function lengthWords(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours === 0 ? `${rest} min` : rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
