import * as z from 'zod';
import { severities } from '../alerts/index.ts';
import { type CapabilityApi, idText, timeInput, timeText } from '../api/index.ts';
import {
  aboutView,
  behind,
  benchmarkView,
  groupView,
  metricsIncident,
  profileView,
  standingCounts,
  suggestionView,
  summaryView,
  targetHistoryView,
  targetsChange,
  targetsView,
  trendView,
} from './api-parts.ts';
import { durationStates } from './durations.ts';
import { groupings } from './grouping.ts';
import { measureNames } from './measures.ts';
import { kinds, times } from './selection.ts';
import { standings, targetMeasures } from './targets.ts';
import { isZone } from './zone.ts';

const named = z.string().trim().min(1).max(200);

/** The window and the kinds of incidents that every question takes. */
const scope = {
  from: timeInput.optional().meta({ description: 'Opened then or later; 90 days before `to` when absent.' }),
  to: timeInput.optional().meta({ description: 'Opened before that; now when absent.' }),
  severity: z.enum(severities).optional(),
  team: named.optional().meta({ description: 'The id of an escalation policy; "-" for none.' }),
  service: named.optional().meta({ description: '"-" for those that name none.' }),
  component: named
    .optional()
    .meta({ description: 'The id of a component of the status page; "-" for none.' }),
  zone: z
    .string()
    .max(64)
    .refine(isZone, 'Expected an IANA time zone such as Europe/Berlin')
    .default('UTC')
    .meta({ description: 'In whose calendar days, weeks and hours are told.' }),
};

const paging = {
  limit: z.coerce.number().int().min(1).max(2_000).default(100),
  cursor: z.string().min(1).max(2_048).optional(),
};

const standingsByMeasure = z.partialRecord(z.enum(targetMeasures), standingCounts);

/** The schemas of the verbs of metrics. */
export const metricsApi = {
  'get-mttr': {
    about:
      'How long it took to detect, acknowledge, mitigate and resolve incidents: median, mean and 90th percentile of what is recorded. ' +
      'As CSV one row for each incident, in pages that the header Link names.',
    query: z.strictObject({
      ...scope,
      by: z.enum(['none', ...groupings]).default('none'),
      format: z.enum(['json', 'csv']).default('json'),
      ...paging,
      limit: paging.limit.default(2_000),
    }),
    answer: z.union([
      z
        .strictObject({
          ...aboutView,
          measures: summaryView,
          targets: standingsByMeasure,
          incidents: behind,
          groups: z.array(groupView).optional(),
        })
        .meta({ id: 'Mttr' }),
      z.string().meta({ description: 'CSV.' }),
    ]),
  },
  'get-dashboard': {
    about: 'All that the dashboard of metrics shows, in one answer.',
    query: z.strictObject(scope),
    answer: z
      .strictObject({
        ...aboutView,
        incidents: behind,
        measures: summaryView,
        previous: z
          .strictObject({ from: timeText, to: timeText, total: z.int(), measures: summaryView })
          .meta({ description: 'The window of the same length before this one.' }),
        open: z.strictObject({
          total: z.int(),
          items: z
            .array(metricsIncident)
            .meta({ description: 'At most 50, the closest to their target first.' }),
          incidents: behind,
        }),
        standings: standingsByMeasure,
        trend: trendView,
        profile: profileView,
        groups: z.record(z.enum(groupings), z.array(groupView)).meta({ description: 'At most 50 of each.' }),
        targets: targetsView,
        suggestions: z.array(suggestionView),
        benchmarks: z.array(benchmarkView),
      })
      .meta({ id: 'MetricsDashboard' }),
  },
  'list-incidents': {
    about: 'The incidents behind a number, each with its durations, newest first.',
    query: z.strictObject({
      ...scope,
      measure: z.enum(measureNames).optional(),
      state: z.enum(durationStates).optional().meta({ description: 'Of the measure.' }),
      standing: z.enum(standings).optional().meta({ description: 'To the target of the measure.' }),
      weekday: z.coerce.number().int().min(0).max(6).optional(),
      hour: z.coerce.number().int().min(0).max(23).optional(),
      times: z.enum(times).optional(),
      only: z.enum(kinds).optional().meta({
        description: 'Those whose phases are known, or that were over before anybody acknowledged them.',
      }),
      open: z
        .literal('true')
        .transform(() => true)
        .optional()
        .meta({ description: 'Those that are open now, whenever they were opened.' }),
      ...paging,
    }),
    answer: z.strictObject({
      at: timeText,
      total: z.int(),
      items: z.array(metricsIncident),
      next: z.string().optional(),
    }),
  },
  'get-incident': {
    about: 'The durations of one incident and how they stand to their targets; live while it is open.',
    params: z.strictObject({ id: idText('incident') }),
    answer: z
      .strictObject({
        at: timeText,
        incident: metricsIncident,
        phases: z.array(
          z.strictObject({
            phase: z.string(),
            about: z.string(),
            ms: z.int(),
            share: z.number().min(0).max(1),
          }),
        ),
        suggestions: z.array(z.string()),
      })
      .meta({ id: 'IncidentMetrics' }),
  },
  'get-targets': {
    about: 'How long things may take, and what was set before, by whom and when.',
    answer: targetHistoryView,
  },
  'set-targets': {
    about:
      'Changes targets: what is absent stays, null removes. `severity` and `overall` at the top are about MTTR; ' +
      '`mtta` and `mttr` name theirs. With If-Match only from that version.',
    body: targetsChange,
    answer: targetsView,
  },
} as const satisfies CapabilityApi;
