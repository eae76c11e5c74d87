import * as z from 'zod';
import { type CapabilityApi, idText, timeText, versionText } from '../api/index.ts';
import { foreseenStep, runsApi, runView } from './api-runs.ts';
import { clusterFields } from './cluster.ts';
import { runbookFields, runbookId, runbookSchema } from './runbook.ts';

export { runSummary, runView } from './api-runs.ts';

const actor = z.strictObject({
  kind: z.enum(['person', 'machine', 'system']),
  id: z.string(),
  name: z.string().optional(),
});

const outcomes = ['succeeded', 'failed', 'cancelled'] as const;

const measured = z.strictObject({
  runs: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  successRate: z
    .number()
    .optional()
    .meta({ description: 'Of the latest 100 runs that were not ended by people.' }),
});

const revision = z.int().meta({ description: 'Counts the saves, from 1; also the ETag.' });

const lastRun = z.strictObject({
  id: idText('run'),
  startedAt: timeText,
  outcome: z.enum(outcomes).optional().meta({ description: 'Left out while it goes on.' }),
});

/** What saving and running add to a runbook. */
const found = {
  removed: z
    .strictObject({ at: timeText, by: actor })
    .optional()
    .meta({ description: 'It is neither proposed nor started until somebody brings it back.' }),
  measured: measured.optional().meta({ description: 'What its latest 100 runs showed.' }),
  lastRun: lastRun.optional().meta({ description: 'The run that began last.' }),
};

/** A runbook as the API shows it. */
const runbookView = runbookFields.extend({ revision, savedBy: actor, ...found });

const runbookRow = z.strictObject({
  ...runbookFields.pick({
    id: true,
    title: true,
    description: true,
    category: true,
    tags: true,
    version: true,
  }).shape,
  ...{ revision, updatedAt: timeText, savedBy: actor, ...found },
  steps: z.int().meta({ description: 'How many.' }),
});

const path = z.strictObject({ id: runbookId });
const clusterPath = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and dashes'),
});

const clusterTest = z
  .strictObject({
    state: z.enum(['asked', 'reached', 'failed']).meta({ description: '`asked`: not answered yet.' }),
    at: timeText,
    says: z.string().optional(),
  })
  .meta({ description: 'The last test of the connection since the cluster was changed.' });

const clusterView = z.strictObject({
  ...clusterFields.omit({ auth: true }).shape,
  name: z.string(),
  auth: z.strictObject({
    kind: z.enum(['eks', 'token']),
    cluster: z.string().optional(),
    region: z.string().optional(),
  }),
  updatedAt: timeText,
  updatedBy: z.string(),
  tested: clusterTest.optional(),
});

/** The schemas of the REST verbs of runbooks, by the name of the verb. */
export const runbooksApi = {
  list: {
    about: 'All runbooks, by their titles, with what their runs showed; or those that were removed.',
    query: z.strictObject({ removed: z.enum(['true', 'false']).default('false') }),
    answer: z.strictObject({ items: z.array(runbookRow) }),
  },
  create: {
    about:
      'Saves a new runbook as its version 1. One whose id is taken is refused with 409; change that by PUT.',
    body: runbookSchema,
    answer: runbookView,
    status: 201,
  },
  get: {
    about: 'A runbook as it is now, or as it was in a version.',
    params: path,
    query: z.strictObject({ version: versionText.optional() }),
    answer: runbookView,
  },
  replace: {
    about:
      'Saves the next version. If-Match names the one that it was made from. Runs that have begun keep theirs.',
    params: path,
    body: runbookSchema,
    answer: runbookView,
  },
  'list-versions': {
    about: 'The saved versions, the newest first.',
    params: path,
    answer: z.strictObject({
      items: z.array(
        z.strictObject({
          ...{ revision, version: z.string(), savedAt: timeText, savedBy: actor },
          removed: z.literal(true).optional().meta({ description: 'By this save it was removed.' }),
        }),
      ),
    }),
  },
  remove: {
    about:
      'Removes a runbook: it is neither proposed nor started any more. Its versions and runs stay readable, and `restore` brings it back. A run that is under way goes on to its end and is named in `goingOn`; cancel it where that shall not be.',
    params: path,
    answer: runbookView.extend({
      goingOn: z.array(z.strictObject({ run: idText('run'), incident: idText('incident').optional() })),
    }),
  },
  restore: { about: 'Brings a removed runbook back, as it was.', params: path, answer: runbookView },
  start: {
    about:
      'Starts a run, of an incident or of none. `dryRun` carries out nothing and answers 200 with what every step would send.',
    params: path,
    body: z.strictObject({
      incident: idText('incident').optional(),
      reason: z.string().trim().min(1).max(500).optional(),
      dryRun: z.boolean().default(false),
    }),
    answer: z.union([runView, z.strictObject({ dryRun: z.literal(true), steps: z.array(foreseenStep) })]),
    status: 201,
  },
  test: {
    about:
      'Runs the `test` block: with these answers of steps, are these the steps and the outcome? Nothing is sent.',
    params: path,
    body: z.strictObject({ version: z.int().min(1).optional() }).optional(),
    answer: z.strictObject({
      passed: z.boolean(),
      cases: z.array(
        z.strictObject({
          name: z.string(),
          passed: z.boolean(),
          differences: z.array(z.string()),
          steps: z.array(z.string()),
          outcome: z.string(),
        }),
      ),
    }),
  },
  propose: {
    about: 'The runbooks that fit an incident, the best first, each with the reasons.',
    params: z.strictObject({ id: idText('incident') }),
    answer: z.strictObject({
      items: z.array(runbookRow.extend({ score: z.number(), reasons: z.array(z.string()) })),
    }),
  },
  ...runsApi,
  'list-clusters': {
    about: 'The clusters that `kubectl:` steps may reach; never their tokens.',
    answer: z.strictObject({ items: z.array(clusterView) }),
  },
  'get-cluster': { about: 'A cluster; never its token.', params: clusterPath, answer: clusterView },
  'set-cluster': {
    about:
      'Registers a cluster. endpoint (https), ca (PEM), verbs, namespaces (or *), privateEndpoint, auth: { kind: eks, cluster, region } or { kind: token, token }. A token cannot be read again; left out, the one that is there stays.',
    params: clusterPath,
    body: z.record(z.string(), z.unknown()),
    answer: clusterView,
  },
  'test-cluster': {
    about:
      'Asks the cluster for its version, by the function and with the credentials that steps use; nothing is changed. The answer comes a moment later, as `tested` of the cluster.',
    params: clusterPath,
    answer: clusterView,
    status: 202,
  },
  'remove-cluster': { about: 'Forgets a cluster and its token.', params: clusterPath, answer: z.undefined() },
} as const satisfies CapabilityApi;
