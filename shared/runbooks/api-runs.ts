import * as z from 'zod';
import { idText, timeText } from '../api/index.ts';
import { stepAnswers } from './run-commands.ts';
import { runbookId } from './runbook.ts';

const actor = z.strictObject({
  kind: z.enum(['person', 'machine', 'system']),
  id: z.string(),
  name: z.string().optional(),
});

const states = ['running', 'waiting', 'succeeded', 'failed', 'cancelled'] as const;
const kinds = ['manual', 'approval', 'wait', 'http', 'kubectl', 'lambda', 'ssm'] as const;

/** A run in a few words. */
export const runSummary = z.strictObject({
  id: idText('run'),
  runbook: runbookId,
  title: z.string(),
  revision: z.int().meta({ description: 'Which saved version of the runbook it carries out.' }),
  incident: idText('incident').optional(),
  state: z.enum(states).meta({ description: '`waiting`: a person has to do, approve or say something.' }),
  reason: z.string().optional(),
  startedBy: actor,
  startedAt: timeText,
  finishedAt: timeText.optional(),
});

const stepView = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(kinds),
  description: z.string().optional(),
  command: z.string().optional(),
  needsApproval: z.boolean(),
  mayRepeat: z.boolean(),
  status: z.enum(['pending', 'started', 'waiting', 'succeeded', 'failed', 'skipped']),
  attempt: z.int(),
  waitsFor: z.enum(['person', 'approval', 'time', 'retry', 'poll', 'unknown']).optional(),
  until: timeText.optional(),
  begunAt: timeText.optional(),
  endedAt: timeText.optional(),
  approvedBy: actor.optional(),
  by: actor.optional(),
  output: z.string().optional().meta({ description: 'Masked and cut to 2 KB.' }),
  reason: z.string().optional(),
  sends: z.array(z.string()).optional().meta({ description: 'What it would send now, exactly.' }),
  refused: z.string().optional().meta({ description: 'Why it would not be sent.' }),
  answers: z.array(z.enum(stepAnswers)).meta({ description: 'What you may say of it now.' }),
  needsAnother: z
    .boolean()
    .optional()
    .meta({ description: 'Somebody else has to approve it: you started this run.' }),
});

/** A run with its steps. */
export const runView = runSummary
  .extend({ version: z.int(), selfApproval: z.boolean(), steps: z.array(stepView) })
  .meta({ id: 'Run' });

/** A step as a dry run foresees it. */
export const foreseenStep = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  kind: z.enum(kinds),
  command: z.string().optional(),
  needsApproval: z.boolean(),
  mayRepeat: z.boolean(),
  sends: z.array(z.string()).optional(),
  refused: z.string().optional(),
  needs: z.array(z.string()).optional(),
});

const note = z.string().trim().min(1).max(500).optional();
const path = z.strictObject({ id: idText('run') });

/** The schemas of the REST verbs of runs. */
export const runsApi = {
  'list-runs': {
    about: 'The latest 50 runs for an incident, or of a runbook, the newest first.',
    query: z
      .strictObject({ incident: idText('incident').optional(), runbook: runbookId.optional() })
      .refine(
        ({ incident, runbook }) => (incident === undefined) !== (runbook === undefined),
        'Say which: incident or runbook',
      ),
    answer: z.strictObject({ items: z.array(runSummary) }),
  },
  'get-run': {
    about: 'A run, how its steps stand, what the next one would send, and what you may say of it.',
    params: path,
    answer: runView,
  },
  'answer-step': {
    about:
      'Says of the step that waits: done, failed, skip; approve, refuse; or again, where nobody knew whether it happened.',
    params: path.extend({ step: z.string().min(1).max(64) }),
    body: z.strictObject({ answer: z.enum(stepAnswers), note }),
    answer: runView,
  },
  'cancel-run': {
    about: 'Ends a run; a command that is being carried out is not called back.',
    params: path,
    body: z.strictObject({ note }),
    answer: runView,
  },
} as const;
