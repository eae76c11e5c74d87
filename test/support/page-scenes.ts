import { DAY, HOUR, type Instant } from '../../shared/kernel/index.ts';
import type { PageState } from '../../shared/status/index.ts';
import {
  component,
  componentId,
  type Given,
  groupId,
  incident,
  incidentId,
  maintenanceId,
  NOON,
  play,
  update,
  updateId,
} from './status-page.ts';

const begun = NOON - 80 * DAY;
const parts: readonly Given[] = [
  [{ do: 'configure', settings: { name: 'Acme Shop' } }, begun],
  [{ do: 'add-group', id: groupId('Shop'), name: 'Shop' }, begun],
  [component('Website'), begun],
  [component('Checkout', { group: groupId('Shop') }), begun],
  [component('Search', { group: groupId('Shop') }), begun],
];

const work = (title: string, text: string, from: Instant): Given => [
  {
    do: 'schedule',
    id: maintenanceId(title),
    maintenance: {
      ...{ title, text, components: [componentId('Checkout')], internal: false },
      ...{ from, until: from + 2 * HOUR },
    },
  },
  NOON - DAY,
];

/** A page on a day on which nothing happens. */
export const calmPage = (): PageState => play(parts).state;

/** A page of which a part is maintained. */
export const maintainedPage = (): PageState =>
  play([...parts, work('Larger database', 'Orders are kept and sent afterwards.', NOON - HOUR)]).state;

const long =
  'Since the deploy of this morning one request in three is answered late, in all regions but the north of Europe. '.repeat(
    4,
  );
const unbroken =
  'payments-db-prod-eu-central-1-replica-03.cluster-cxyz123456789.eu-central-1.rds.amazonaws.com';

/** A page whose texts are as long as people write them, in which an update was corrected and another one withdrawn. */
export const wordyPage = (): PageState =>
  play([
    ...parts,
    [
      {
        do: 'change-component',
        id: componentId('Search'),
        change: { name: unbroken, description: long.slice(0, 300) },
      },
      begun,
    ],
    [
      incident(
        'x',
        { Checkout: 'major_outage', Search: 'partial_outage' },
        { title: long.slice(0, 200), text: long },
      ),
      NOON - 2 * HOUR,
    ],
    [update('x', 2, 'identified'), NOON - HOUR],
    [update('x', 3, 'resolved'), NOON - HOUR / 2],
    [
      {
        do: 'correct-update',
        incident: incidentId('x'),
        update: updateId('x 2'),
        text: `${long}\n\nSee https://status.example.com/${unbroken}`,
      },
      NOON,
    ],
    [{ do: 'withdraw-update', incident: incidentId('x'), update: updateId('x 3') }, NOON],
    work(long.slice(0, 200), long, NOON + HOUR),
  ]).state;
