import { alertsApi } from '../../shared/alerts/api.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { ago } from './sample.ts';

/** What came from some of them. */
const activity: Readonly<Record<string, object>> = {
  'Prometheus of the shop': {
    lastSeenAt: ago(0, 12),
    alerts: { hour: 41, day: 1_204 },
    oldKeyUntil: ago(-600),
  },
  'Old pager, moved over from the other tool': {
    refused: 12,
    lastRefused: { at: ago(5), reason: 'The body is not JSON: unexpected character at line 1, column 9.' },
  },
};

/** What may send alerts, as the API answers. */
export const integrations = alertsApi['list-integrations'].answer.parse({
  items: [
    ['Prometheus of the shop', 'alertmanager', 60 * 24 * 90],
    ['Old pager, moved over from the other tool', 'pagerduty-events', 60 * 24 * 2],
    ['Nightly scripts', 'generic', 3],
  ].map(([name, source, minutes]) => ({
    id: idOf('integration', 1, String(name)),
    name,
    source,
    createdAt: ago(Number(minutes)),
    ...{ options: {}, paused: false, signed: false, refused: 0, alerts: { hour: 0, day: 0 } },
    ...activity[String(name)],
  })),
});
