import * as z from 'zod';
import { severities } from '../alerts/index.ts';
import { actorView, idText, timeText } from '../api/index.ts';
import { incidentStates } from '../incidents/index.ts';
import { durationStates } from './durations.ts';
import { measureNames } from './measures.ts';
import { standings, targetMeasures } from './targets.ts';

const ms = z.int().meta({ description: 'Milliseconds.' });
const count = z.int().min(0);

export const behind = z.string().meta({
  description: 'The address, without a host, of the list of the incidents behind this number.',
});

/** A statistic of recorded durations. */
export const statisticView = z.strictObject({
  n: count.meta({ description: 'How many recorded durations this is of.' }),
  medianMs: ms.optional(),
  meanMs: ms.optional(),
  p90Ms: ms.optional().meta({ description: 'Absent for fewer than 10.' }),
});

const measureView = statisticView.extend({
  states: z.record(z.enum(durationStates), count),
  incidents: behind,
});

/** Each measure over some incidents. */
export const summaryView = z.record(z.enum(measureNames), measureView).meta({ id: 'MetricsSummary' });

const aim = z.strictObject({
  targetMs: ms,
  standing: z.enum(standings),
  leftMs: ms.meta({ description: 'Below zero where it took longer.' }),
});

const measured = z.strictObject({
  state: z.enum(durationStates),
  ms: ms.optional(),
  soFarMs: ms.optional(),
  why: z.string().optional(),
});

/** An incident with its durations. */
export const metricsIncident = z
  .strictObject({
    id: idText('incident'),
    name: z.string(),
    title: z.string(),
    state: z.enum(incidentStates),
    severity: z.enum(severities),
    service: z.string().optional(),
    team: z.string().optional(),
    components: z.array(z.string()),
    points: z.record(z.string(), timeText).meta({ description: 'When each point was reached.' }),
    durations: z.record(z.enum(measureNames), measured),
    targets: z.partialRecord(z.enum(targetMeasures), aim),
  })
  .meta({ id: 'MetricsIncident' });

export const standingCounts = z.record(z.enum(standings), count);

/** The incidents of a group together. */
export const groupView = z.strictObject({
  key: z.string().meta({ description: 'What the queries take; "-" for those that name none.' }),
  name: z.string(),
  total: count,
  measures: summaryView,
  incidents: behind,
});

/** What an answer is about. */
export const aboutView = {
  at: timeText.meta({ description: 'Up to when open incidents are measured.' }),
  from: timeText,
  to: timeText,
  zone: z.string(),
  total: count.meta({ description: 'How many incidents were opened in the window and count.' }),
  leftOut: z
    .strictObject({ merged: count, deleted: count })
    .meta({ description: 'Incidents of the window that do not count.' }),
} as const;

const hidden = z.strictObject({ shown: z.literal(false), why: z.string() });
export const slopeView = z.union([
  z.strictObject({
    shown: z.literal(true),
    perWeekMs: z.int(),
    direction: z.enum(['rising', 'falling', 'steady']),
  }),
  hidden,
]);

export const trendView = z.strictObject({
  step: z.enum(['day', 'week']),
  buckets: z.array(
    z.strictObject({
      from: timeText,
      to: timeText,
      total: count,
      medians: z.partialRecord(z.enum(measureNames), z.strictObject({ n: count, medianMs: ms })),
      incidents: behind,
    }),
  ),
  slopes: z.record(z.enum(measureNames), slopeView),
});

export const profileView = z.union([
  z.strictObject({
    shown: z.literal(true),
    cells: z.array(
      z.strictObject({
        weekday: z.int().min(0).max(6).meta({ description: 'From 0, Monday.' }),
        hour: z.int().min(0).max(23),
        total: count,
        medians: z.partialRecord(z.enum(measureNames), ms),
        incidents: behind,
      }),
    ),
  }),
  hidden,
]);

export const suggestionView = z.strictObject({
  kind: z.enum(['phase', 'target', 'unanswered']),
  phase: z.string().optional(),
  text: z.string(),
  n: count,
  incidents: behind,
});

export const benchmarkView = z.strictObject({
  id: z.string(),
  measure: z.enum(measureNames),
  title: z.string(),
  source: z.string(),
  link: z.string(),
  published: z.string(),
  measures: z.string(),
  differs: z.string(),
  bands: z.array(z.strictObject({ name: z.string(), atMostMs: ms, words: z.string() })),
  ours: z
    .strictObject({ n: count, medianMs: ms, band: z.string().optional() })
    .optional()
    .meta({ description: 'Our median, and the band that it would be in; absent when there are too few.' }),
});

const targetLength = z
  .int()
  .min(1_000)
  .max(366 * 86_400_000)
  .meta({ description: 'Milliseconds, at least 1,000.' });
const bySeverity = z.partialRecord(z.enum(severities), targetLength);

/** Targets of one measure. */
export const targetSetView = z.strictObject({
  severity: bySeverity.optional(),
  overall: targetLength.optional().meta({ description: 'For severities that have none of their own.' }),
});

const targetSets = z.strictObject({ mtta: targetSetView.optional(), mttr: targetSetView.optional() });

const targetsNow = z.strictObject({
  version: count.meta({ description: '0 as long as nobody has set any.' }),
  updatedAt: timeText.optional(),
  updatedBy: z.string().optional(),
  targets: targetSets,
});

export const targetsView = targetsNow.meta({ id: 'MetricsTargets' });

/** The targets and those before them. */
export const targetHistoryView = targetsNow
  .extend({
    history: z
      .array(
        z.strictObject({ version: z.int().min(1), setAt: timeText, setBy: actorView, targets: targetSets }),
      )
      .meta({ description: 'As they were set, newest first, at most 100. Each held until the next.' }),
  })
  .meta({ id: 'MetricsTargetHistory' });

const change = {
  severity: z.partialRecord(z.enum(severities), targetLength.nullable()).optional(),
  overall: targetLength.nullable().optional(),
};

/** A change of targets: what is absent stays, null removes. `severity` and `overall` at the top are about MTTR. */
export const targetsChange = z
  .strictObject({
    ...change,
    mtta: z.strictObject(change).optional(),
    mttr: z.strictObject(change).optional(),
  })
  .refine(({ severity, overall, mttr }) => mttr === undefined || (severity ?? overall) === undefined, {
    message: 'Expected severity and overall at the top, or inside mttr, not both',
  });
