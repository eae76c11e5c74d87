import { DAY, HOUR, type Instant, MINUTE } from '../../shared/kernel/index.ts';
import type { PageCommand, PageState } from '../../shared/status/index.ts';
import {
  component,
  componentId,
  type Given,
  groupId,
  incident,
  maintenanceId,
  NOON,
  play,
  update,
} from './status-page.ts';

const services = [
  'Website',
  'Checkout',
  'Payments',
  'Search',
  'Public API',
  'Webhooks',
  'Mobile apps',
  'Reports',
];

const configuration: PageCommand = {
  do: 'configure',
  settings: {
    name: 'Acme Shop',
    url: 'https://shop.example.com',
    header: 'How our services are doing. Help is at https://shop.example.com/help.',
    footer: 'Acme Shop, 1 Main Street.\n\nWrite to us at https://shop.example.com/contact',
    colours: { accent: '#7a1fa2', accentDark: '#d9a6f0' },
    logo: `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#7a1fa2"/></svg>')}`,
  },
};

/** A page in the middle of an outage, with 80 days behind it. */
export function samplePage(now: Instant = NOON): PageState {
  const begin = now - 80 * DAY;
  const mark = (
    name: string,
    status: 'operational' | 'partial_outage' | 'major_outage',
    at: Instant,
  ): Given => [{ do: 'mark', component: componentId(name), status }, at];
  const work = (title: string, on: string, from: Instant): PageCommand => ({
    do: 'schedule',
    id: maintenanceId(title),
    maintenance: {
      ...{ title, text: 'We move to larger machines. Orders are kept and sent afterwards.' },
      ...{ components: [componentId(on)], internal: false, from, until: from + 2 * HOUR },
    },
  });
  const { state } = play([
    [configuration, begin],
    [{ do: 'add-group', id: groupId('Shop'), name: 'Shop' }, begin],
    [{ do: 'add-group', id: groupId('Developers'), name: 'For developers' }, begin],
    ...services.map((name, at): Given => {
      const group = at === 0 ? {} : { group: groupId(at < 4 ? 'Shop' : 'Developers') };
      return [
        component(name, { ...group, services: [name.toLowerCase()], internal: name === 'Reports' }),
        begin,
      ];
    }),
    ...[60, 41, 17].flatMap((days, i): Given[] => [
      mark('Search', i === 1 ? 'partial_outage' : 'major_outage', now - days * DAY),
      mark('Search', 'operational', now - days * DAY + (i + 1) * 35 * MINUTE),
    ]),
    [incident('Mails were late', { Webhooks: 'degraded_performance' }), now - 6 * DAY],
    [update('Mails were late', 2, 'resolved'), now - 6 * DAY + 50 * MINUTE],
    [work('Larger database', 'Payments', now - HOUR), now - 2 * DAY],
    [work('Network in Frankfurt', 'Website', now + 30 * HOUR), now - DAY],
    [
      incident(
        'Orders cannot be paid',
        { Checkout: 'major_outage', Payments: 'partial_outage' },
        {
          text: 'Since 11:20 UTC payments by card fail. We are looking into it.\n\nOrders are kept.',
        },
      ),
      now - 40 * MINUTE,
    ],
    [update('Orders cannot be paid', 2, 'identified', { Checkout: 'partial_outage' }), now - 10 * MINUTE],
  ]);
  return state;
}

/** Everything that somebody could try, in every field that takes text. */
export const hostile = [
  '</title><script>window.ran=1</script>',
  '"><img src=x onerror="window.ran=1">',
  `' onmouseover='window.ran=1`,
  `$\{window.ran=1}{{window.ran=1}}`,
  '<svg/onload=window.ran=1>',
  '[x](javascript:window.ran=1) javascript:window.ran=1',
  '<!--<script>window.ran=1//-->',
  '\u202e<style>@import"//x"</style>]]>&lt;',
].join(' ');

/** A page with such text wherever text can be. */
export function hostilePage(now: Instant = NOON): PageState {
  const { state } = play([
    [{ do: 'configure', settings: { name: hostile, header: hostile, footer: hostile } }, now],
    [{ do: 'add-group', id: groupId('g'), name: hostile }, now],
    [
      {
        do: 'add-component',
        id: componentId('x'),
        component: {
          name: hostile,
          description: hostile,
          group: groupId('g'),
          internal: false,
          services: [hostile],
        },
      },
      now,
    ],
    [incident('x', { x: 'major_outage' }, { title: hostile, text: hostile }), now],
    [incident('y', {}, { title: hostile, text: hostile }), now],
    [update('y', 2, 'resolved'), now],
    [
      {
        do: 'schedule',
        id: maintenanceId('m'),
        maintenance: {
          ...{ title: hostile, text: hostile, components: [componentId('x')], internal: false },
          ...{ from: now, until: now + HOUR },
        },
      },
      now,
    ],
  ]);
  return state;
}

/** Twenty components with ninety days, some of them bad: what the weight of a page is measured by. */
export const largePage = (now: Instant = NOON): PageState => play(troubled(20, now)).state;

/** So many components with ninety days, an open incident and ten that are over. */
export function pageOf(count: number, now: Instant = NOON): PageState {
  const past = Array.from({ length: 10 }, (_, i): Given[] => {
    const [name, at] = [`Incident ${i + 1}`, now - (12 - i) * DAY];
    const on = { [`Component ${1 + (i % count)}`]: 'partial_outage' } as const;
    return [
      [incident(name, on, { title: `Requests failed, number ${i + 1}`, text: prose }), at],
      [update(name, 2, 'identified', on), at + 10 * MINUTE],
      [update(name, 3, 'resolved'), at + 50 * MINUTE],
    ];
  });
  const open = incident(
    'now',
    { 'Component 2': 'major_outage' },
    { title: 'Orders cannot be paid', text: prose },
  );
  return play([...troubled(count, now), ...past.flat(), [open, now - 20 * MINUTE]]).state;
}

const prose =
  'Since a few minutes one request in ten fails. We are looking into it.\n\nNothing is lost: what was sent is kept.';

/** So many components, some of them with days of trouble. */
function troubled(count: number, now: Instant): readonly Given[] {
  const names = Array.from({ length: count }, (_, i) => `Component ${i + 1}`);
  const begin = now - 120 * DAY;
  return names.flatMap((name, i): Given[] => [
    [component(name), begin],
    ...Array.from({ length: i % 6 }, (_, k): Given[] => {
      const at = now - (k * 13 + i) * DAY - HOUR;
      return [
        [{ do: 'mark', component: componentId(name), status: 'partial_outage' }, at],
        [{ do: 'mark', component: componentId(name), status: 'operational' }, at + (i + 3) * MINUTE],
      ];
    })
      .flat()
      .toSorted(([, a], [, b]) => a - b),
  ]);
}
