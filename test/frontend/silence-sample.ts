import { alertsApi } from '../../shared/alerts/api.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { ago } from './sample.ts';

const ann = { kind: 'person', id: 'per_1', name: 'Ann Example' } as const;

/** Silences as the API answers: one that holds, and one that begins later. */
export const silences = alertsApi['list-silences'].answer.parse({
  items: [
    {
      id: idOf('silence', 0, 'first'),
      matchers: [
        { name: 'service', op: '=', value: 'checkout' },
        { name: 'host', op: '=~', value: 'db[0-9]+' },
      ],
      ...{ untilResolved: true, state: 'active', from: ago(30), to: ago(-90), createdBy: ann },
      ...{ comment: 'disks are replaced, ticket 4711', createdAt: ago(30) },
    },
    {
      ...{ id: idOf('silence', 0, 'later'), matchers: [{ name: 'alertname', op: '=', value: 'Watchdog' }] },
      ...{ state: 'pending', from: ago(-60), to: ago(-600), createdBy: ann },
      ...{ comment: 'the night of the move', createdAt: ago(5) },
    },
  ],
});

/** Maintenance windows as the API answers. */
export const maintenanceWindows = alertsApi['list-maintenance'].answer.parse({
  items: [
    {
      ...{ id: idOf('maintenanceWindow', 0, 'first'), services: ['search', 'search-index'] },
      ...{ state: 'active', from: ago(10), to: ago(-110), createdBy: ann },
      ...{ comment: 'a new version of the index', createdAt: ago(10) },
    },
  ],
});

/** A silence that is over, since somebody ended it. */
export const past = alertsApi['list-silences'].answer.parse({
  items: [
    {
      id: idOf('silence', 0, 'over'),
      matchers: [{ name: 'host', op: '=', value: 'db-9' }],
      ...{ state: 'expired', from: ago(3_000), to: ago(1_500), createdBy: ann, endedBy: ann },
      ...{ comment: 'the disk of db-9', createdAt: ago(3_000) },
    },
  ],
});

/** What a silence held back: two alerts that it does hold, and one that has ended. */
export const heldBack = alertsApi['list-silenced-alerts'].answer.parse({
  items: [true, true, false].map((isHeld, i) => ({
    ...{ fingerprint: String(i).padStart(64, '0'), title: `Disk of db-${i} is full`, service: 'checkout' },
    ...{ labels: {}, firedAt: ago(20 - i), why: 'Silence (disks) holds it back', isHeld },
  })),
});

const alert = (id: number, service: string) => ({
  ...{
    id: String(id).padStart(64, '0'),
    title: `Disk of db-${id} is full`,
    state: 'firing',
    severity: 'P2_HIGH',
  },
  ...{ service, integration: idOf('integration', 0, 'a'), source: 'generic', labels: { host: `db-${id}` } },
  receivedAt: ago(id),
});

/** Alerts that fire, as the API answers: six of one service on one page, one of another on the next. */
export const firing = ({ query: { cursor } }: { readonly query: { readonly cursor?: string } }) =>
  alertsApi['list-alerts'].answer.parse({
    items:
      cursor === undefined ? [1, 2, 3, 4, 5, 6].map((id) => alert(id, 'checkout')) : [alert(7, 'search')],
    ...(cursor === undefined && { next: 'more' }),
    coveredFrom: ago(60),
  });
