import * as z from 'zod';
import { severities } from '../alerts/index.ts';
import { type CapabilityApi, idText, timeText } from '../api/index.ts';
import { incidentStates } from '../incidents/index.ts';
import { lanes } from './event.ts';
import { phaseNames } from './phases.ts';
import { pointNames } from './points.ts';

/** In which forms a timeline can be had. */
export const timelineFormats = ['json', 'markdown', 'csv', 'svg'] as const;
export type TimelineFormat = (typeof timelineFormats)[number];

const seconds = z.number().min(0).meta({ description: 'How long, in seconds.' });
const factNumber = z.int().meta({ description: 'The number of a fact in the log of the incident.' });

export const eventView = z
  .strictObject({
    id: z.string(),
    seq: factNumber.optional(),
    at: timeText.meta({ description: 'When it happened.' }),
    learnedAt: timeText.meta({ description: 'When we learned it.' }),
    lane: z.enum(lanes),
    kind: z.string(),
    text: z.string(),
    quote: z.string().optional(),
    lines: z.array(z.string()).optional(),
    link: z.string().optional(),
    actor: z
      .strictObject({
        kind: z.enum(['person', 'machine', 'system']),
        id: z.string(),
        name: z.string().optional(),
      })
      .optional(),
    service: z.string().optional(),
    key: z.boolean().meta({ description: 'Of those that somebody should read who reads only a few lines.' }),
  })
  .meta({ id: 'TimelineEvent' });

const point = z.strictObject({
  name: z.enum(pointNames),
  at: timeText,
  seq: factNumber,
  fact: z.string(),
  why: z.string().meta({ description: 'Why the fact is taken for it.' }),
});

const phase = z.strictObject({
  name: z.enum(phaseNames),
  about: z.string(),
  state: z.enum(['done', 'ongoing', 'skipped', 'pending']),
  from: timeText.optional(),
  to: timeText.optional(),
  seconds: seconds.optional(),
  begin: z.enum(pointNames).optional().meta({ description: 'The point at which it begins.' }),
  end: z.enum(pointNames).optional().meta({ description: 'The point at which it ends.' }),
  why: z.string().optional(),
});

const gap = z.strictObject({
  from: timeText,
  to: timeText,
  seconds,
  severity: z.enum(severities),
  question: z.string(),
});

const bottleneck = z.strictObject({
  phase: z.enum(phaseNames),
  seconds,
  share: z.number().min(0).max(1),
  text: z.string(),
  suggestion: z.string(),
  facts: z.array(factNumber),
});

export const timelineView = z
  .strictObject({
    incident: z.strictObject({
      id: idText('incident'),
      name: z.string(),
      title: z.string(),
      state: z.enum(incidentStates),
      severity: z.enum(severities),
    }),
    at: timeText.meta({ description: 'Up to when it tells.' }),
    from: timeText,
    to: timeText,
    points: z.array(point),
    phases: z.array(phase),
    gaps: z.array(gap),
    bottlenecks: z.array(bottleneck),
    moreChanges: z
      .boolean()
      .optional()
      .meta({ description: 'There were more changes around it than its events have.' }),
    total: z.int().meta({ description: 'How many events there are on all pages.' }),
    items: z.array(eventView),
    next: z.string().optional().meta({ description: 'The cursor of the next page; absent on the last.' }),
  })
  .meta({ id: 'Timeline' });

/** The schemas of the verbs of the timeline. */
export const timelineApi = {
  'get-timeline': {
    about:
      'What happened around an incident, in order, with its phases, gaps and bottlenecks, each with the facts that show it. ' +
      'Events come in pages, as Markdown and CSV too, where the header Link names the next one.',
    params: z.strictObject({ id: idText('incident') }),
    query: z.strictObject({
      format: z.enum(timelineFormats).default('json'),
      limit: z.coerce.number().int().min(1).max(2_000).default(500),
      cursor: z.string().min(1).max(2_048).optional(),
    }),
    answer: z.union([timelineView, z.string().meta({ description: 'Markdown, CSV or SVG.' })]),
  },
} as const satisfies CapabilityApi;
