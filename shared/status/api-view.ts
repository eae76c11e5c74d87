import * as z from 'zod';
import { timeText } from '../api/index.ts';
import { colourNames, impacts, updateStates, workings } from './nouns.ts';

const status = z.enum([...workings, 'under_maintenance']);
const working = z.enum(workings);
const updateState = z.enum(updateStates);
const affected = z.array(z.strictObject({ component: z.string(), status: working })).readonly();
const day = z.string().meta({ example: '2026-11-28' });
const members = { description: 'For members only; absent in public.' };

const uptime = z.strictObject({
  from: day,
  to: day,
  since: day.meta({ description: 'The first day that is known.' }),
  percent: z.number().optional().meta({
    description:
      'Of the time that is known, without maintenance: a major outage counts whole, a partial one three tenths.',
  }),
  days: z
    .array(z.strictObject({ day, status, seconds: z.int() }))
    .readonly()
    .meta({ description: 'The days with trouble or maintenance; all others were without.' }),
});

const component = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    description: z.string().optional(),
    group: z.string().optional(),
    status,
    internal: z.boolean().optional().meta(members),
    services: z.array(z.string()).readonly().optional().meta(members),
    uptime,
  })
  .meta({ id: 'StatusComponent' });

const update = z.strictObject({
  id: z.string(),
  state: updateState,
  text: z.string(),
  affected,
  at: timeText,
  correctedAt: timeText.optional(),
  withdrawnAt: timeText.optional().meta({ description: 'It was taken back; its text is empty.' }),
});

const incident = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    impact: z.enum(impacts),
    state: updateState,
    affected,
    createdAt: timeText,
    updatedAt: timeText,
    resolvedAt: timeText.optional(),
    internal: z.boolean().optional().meta(members),
    source: z.strictObject({ incident: z.string(), generation: z.int() }).optional().meta(members),
    updates: z.array(update).readonly().meta({ description: 'Newest first.' }),
  })
  .meta({ id: 'StatusIncident' });

const maintenance = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    text: z.string(),
    components: z.array(z.string()).readonly(),
    state: z.enum(['scheduled', 'in_progress']),
    from: timeText,
    until: timeText,
    createdAt: timeText,
    updatedAt: timeText,
    internal: z.boolean().optional().meta(members),
  })
  .meta({ id: 'StatusMaintenance' });

const colour = z.string();

/** A page: what is true of it now, its last 90 days, and what was over in the last 15. */
export const statusView = z
  .strictObject({
    page: z.strictObject({
      id: z.string(),
      name: z.string(),
      url: z.string().optional(),
      header: z.string().optional(),
      footer: z.string().optional(),
      logo: z.string().optional(),
      colours: z
        .strictObject(Object.fromEntries(colourNames.map((name) => [name, colour.optional()])))
        .optional(),
    }),
    version: z.int().meta({ description: 'Moves with every change; also the ETag.' }),
    updatedAt: timeText,
    indicator: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']),
    description: z.string(),
    components: z.array(component).readonly(),
    groups: z
      .array(z.strictObject({ id: z.string(), name: z.string(), components: z.array(z.string()).readonly() }))
      .readonly(),
    incidents: z.array(incident).readonly().meta({ description: 'Those that are not resolved.' }),
    maintenance: z.array(maintenance).readonly().meta({ description: 'To come or under way.' }),
    past: z.array(incident).readonly().meta({ description: 'Resolved in the last 15 days.' }),
  })
  .meta({ id: 'StatusPage' });
