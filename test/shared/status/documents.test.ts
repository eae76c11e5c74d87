import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { atomFeed, statuspageDocuments, viewPublic } from '../../../shared/status/index.ts';
import { anyText } from '../../support/any-text.ts';
import {
  anyHistory,
  component,
  componentId,
  groupId,
  incident,
  maintenanceId,
  NOON,
  page,
  play,
  update,
} from '../../support/status-page.ts';

const looking = { id: page, now: NOON + 1000 };
const url = 'https://status.example/';
const time = z.iso.datetime();

// What readers of Statuspage count on.
const pageShape = z.object({
  id: z.string(),
  name: z.string(),
  url: z.literal(url),
  time_zone: z.string(),
  updated_at: time,
});
const componentShape = z.object({
  ...{
    id: z.string(),
    name: z.string(),
    created_at: time,
    updated_at: time,
    position: z.int(),
    showcase: z.boolean(),
  },
  status: z.enum([
    'operational',
    'degraded_performance',
    'partial_outage',
    'major_outage',
    'under_maintenance',
  ]),
  ...{
    description: z.string().nullable(),
    start_date: z.string().nullable(),
    group_id: z.string().nullable(),
  },
  ...{ page_id: z.literal(page), group: z.boolean(), only_show_if_degraded: z.boolean() },
  components: z.array(z.string()).optional(),
});
const updateShape = z.object({
  ...{
    id: z.string(),
    body: z.string(),
    incident_id: z.string(),
    created_at: time,
    updated_at: time,
    display_at: time,
  },
  affected_components: z
    .array(z.object({ code: z.string(), name: z.string(), old_status: z.string(), new_status: z.string() }))
    .nullable(),
});
const incidentShape = z.object({
  ...{
    id: z.string(),
    name: z.string(),
    created_at: time,
    updated_at: time,
    started_at: time,
    shortlink: z.url(),
  },
  status: z.enum(['investigating', 'identified', 'monitoring', 'resolved', 'scheduled', 'in_progress']),
  impact: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']),
  ...{ monitoring_at: time.nullable(), resolved_at: time.nullable(), page_id: z.literal(page) },
  incident_updates: z.array(updateShape),
  components: z.array(componentShape),
});
const summaryShape = z.object({
  page: pageShape,
  status: z.object({ indicator: z.string(), description: z.string() }),
  components: z.array(componentShape),
  incidents: z.array(incidentShape),
  scheduled_maintenances: z.array(incidentShape.extend({ scheduled_for: time, scheduled_until: time })),
});

const busy = play([
  [{ do: 'add-group', id: groupId('g'), name: 'Group' }, NOON],
  [component('a', { group: groupId('g') }), NOON],
  [incident('x', { a: 'major_outage' }), NOON],
  [update('x', 2, 'monitoring', { a: 'degraded_performance' }), NOON + 1],
  [incident('old', {}), NOON],
  [update('old', 2, 'resolved'), NOON + 2],
  [
    {
      do: 'schedule',
      id: maintenanceId('m'),
      maintenance: {
        ...{ title: 'm', text: 'm', components: [componentId('a')], internal: false },
        ...{ from: NOON + 1e6, until: NOON + 2e6 },
      },
    },
    NOON,
  ],
]).state;

describe('the documents of Statuspage', () => {
  const documents = statuspageDocuments(viewPublic(busy, looking), url);

  it('have their shapes, whatever happened, and always their arrays', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const made = statuspageDocuments(viewPublic(play(history).state, looking), url);
        expect(() => summaryShape.parse(made['summary.json'])).not.toThrow();
        expect(() =>
          z.object({ incidents: z.array(incidentShape) }).parse(made['incidents.json']),
        ).not.toThrow();
      }),
    );
  });

  it('tell the open incident in the summary, and what is over among the incidents', () => {
    const { incidents, components, status, scheduled_maintenances } = summaryShape.parse(
      documents['summary.json'],
    );
    expect(incidents.map(({ name }) => name)).toEqual(['x']);
    expect(incidents[0]).toMatchObject({
      status: 'monitoring',
      resolved_at: null,
      shortlink: `${url}#${incidents[0]?.id}`,
    });
    expect(incidents[0]?.monitoring_at).not.toBeNull();
    expect(incidents[0]?.incident_updates.map(({ affected_components }) => affected_components)).toEqual([
      [{ code: componentId('a'), name: 'a', old_status: 'major_outage', new_status: 'degraded_performance' }],
      [{ code: componentId('a'), name: 'a', old_status: 'operational', new_status: 'major_outage' }],
    ]);
    expect(components.map(({ name, group }) => [name, group])).toEqual([
      ['Group', true],
      ['a', false],
    ]);
    expect(components.map(({ status }) => status)).toEqual(['degraded_performance', 'degraded_performance']);
    expect(status).toEqual({ indicator: 'critical', description: 'Major Service Outage' });
    expect(scheduled_maintenances).toMatchObject([{ impact: 'maintenance', status: 'scheduled' }]);
    expect(documents['incidents.json']).toMatchObject({ incidents: [{ name: 'x' }, { name: 'old' }] });
  });
});

describe('the Atom feed', () => {
  it('has an entry for each update, newest first', () => {
    const feed = atomFeed(viewPublic(busy, looking), url);
    expect([...feed.matchAll(/<title>(\w+: \w+)<\/title>/g)].map(([, title]) => title)).toEqual([
      'Resolved: old',
      'Monitoring: x',
      'Investigating: x',
      'Investigating: old',
    ]);
    expect(feed).toContain(`<link rel="self" type="application/atom+xml" href="${url}history.atom"/>`);
  });

  it('[F77] is well-formed XML without markup of others, whatever was written', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const { state } = play([[incident('x', {}, { title: text, text }), NOON]]);
        const feed = atomFeed(viewPublic(state, looking), url);
        const tags = [...feed.matchAll(/<(\/?[\w?]+)/g)].map(([, tag]) => tag);
        const known = /^\/?(\?xml|feed|id|title|updated|author|name|link|entry|published|content)$/;
        expect(tags.filter((tag) => !known.test(tag ?? ''))).toEqual([]);
        expect(feed).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
        expect([...feed].filter((one) => one < ' ' && !'\t\n\r'.includes(one))).toEqual([]);
      }),
    );
  });
});
