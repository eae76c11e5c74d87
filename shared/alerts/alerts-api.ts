import * as z from 'zod';
import {
  type CapabilityApi,
  idText,
  lineText,
  pageOf,
  pageQuery,
  timeInput,
  timeText,
} from '../api/index.ts';
import { alertOutcomes, explanationView } from './explanation.ts';
import { matcherInput } from './quiet/matcher.ts';
import { severities } from './severity.ts';
import { signalStates } from './signal.ts';

/** What names an alert across its whole life. */
export const fingerprintText = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Expected the fingerprint of an alert: 64 hex digits')
  .meta({ description: 'The alert’s fingerprint, 64 hex digits: the same for its whole life.' });

const link = z.strictObject({ href: z.string(), text: z.string() });

/** That something holds an alert back. */
const suppressedView = z
  .strictObject({
    by: z.string().meta({ description: 'The id of the silence or maintenance window.' }),
    kind: z.enum(['silence', 'maintenance', 'inhibition']),
    why: z.string(),
    until: timeText,
  })
  .meta({
    id: 'Suppressed',
    description:
      'Of an alert that is in an incident, what it said since is held back, such as that it is more severe: it stays there.',
  });

const alertIncident = z.strictObject({
  id: idText('incident'),
  name: z.string().meta({ example: 'INC-12' }),
  title: z.string(),
  state: z.enum(['triggered', 'acknowledged', 'resolved']),
});

/** An alert as the list of alerts shows it: how it is now. */
export const listedAlertView = z
  .strictObject({
    id: fingerprintText,
    title: z.string(),
    state: z.enum([...signalStates, 'unknown']).meta({
      description: '`unknown`: only signals of it are kept, since a rule drops it, or it is not decided yet.',
    }),
    severity: z.enum(severities).optional().meta({ description: 'As its source said it.' }),
    service: z.string().optional(),
    integration: z.string(),
    source: z.string(),
    labels: z.record(z.string(), z.string()),
    firedAt: timeText.optional().meta({ description: 'When it began to be on, the last time.' }),
    endedAt: timeText.optional(),
    receivedAt: timeText.optional().meta({
      description: 'When a signal of it was received last, within what was asked for.',
    }),
    incident: alertIncident.optional().meta({ description: 'The newest incident that it came into.' }),
    suppressed: suppressedView.optional(),
    ruled: z
      .strictObject({
        title: z.string(),
        service: z.string(),
        severity: z.enum(severities),
        labels: z.record(z.string(), z.string()),
      })
      .partial()
      .optional()
      .meta({
        description:
          'With `ruled=true`: what of it the rules in force leave otherwise, and labels that its record has no room for. Silences and maintenance windows are about that.',
      }),
    flapping: z.literal(true).optional().meta({
      description: 'It begins and ends so often that its incident waits until it is quiet.',
    }),
    flapsUntil: timeText.optional().meta({
      description: 'With `flapping`: until when it counts as that if nothing of it changes.',
    }),
  })
  .meta({ id: 'ListedAlert' });

/** One alert with all that is kept of it. */
export const wholeAlertView = listedAlertView
  .extend({
    links: z.array(link),
    occurrences: z
      .array(z.strictObject({ from: timeText, lastFiredAt: timeText, to: timeText.optional() }))
      .meta({ description: 'When it was on, the newest first, as far as its record goes back.' }),
    memberships: z
      .array(z.strictObject({ incident: idText('incident'), generation: z.int(), why: z.string() }))
      .meta({ description: 'The incidents that it came into, the newest first, and why.' }),
  })
  .meta({ id: 'WholeAlert' });

/** Hours; 400 days. */
const LONGEST_SINCE = 9_600;

/** A word that a query says for yes or no. */
const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');

const params = z.strictObject({ id: fingerprintText });

/** The schemas of the verbs of single alerts. */
export const singleAlertsApi = {
  'list-alerts': {
    about:
      'Alerts of which something was received in a time, the one that was heard of last first: of the last day unless a time is asked for. What is asked of state, service and so on is asked of the alert as it is now. An answer may have fewer than `limit`, or none, and still a next page: it does a bounded amount of work.',
    query: z.strictObject({
      ...pageQuery,
      from: timeInput.optional().meta({ description: 'RFC 3339; received from then on.' }),
      since: z.coerce.number().int().min(1).max(LONGEST_SINCE).optional().meta({
        description: 'Hours before the end of the time, instead of `from`; 24 when both are left out.',
      }),
      to: timeInput.optional().meta({ description: 'RFC 3339; received until then. Now when left out.' }),
      state: z.enum([...signalStates, 'unknown']).optional(),
      service: lineText(100).optional(),
      severity: z.enum(severities).optional(),
      integration: idText('integration').optional(),
      text: lineText(100).optional().meta({
        description: 'Words that all stand in its title, service or labels, whatever their case.',
      }),
      match: z
        .union([matcherInput, z.array(matcherInput).max(10)])
        .optional()
        .meta({ description: 'Such as `team="payments"`; given several times, all must hold.' }),
      incident: yesOrNo
        .optional()
        .meta({ description: 'Only those that came into an incident, or into none.' }),
      suppressed: yesOrNo
        .optional()
        .meta({ description: 'Only those that a silence or maintenance window holds back, or the others.' }),
      ruled: yesOrNo.optional().meta({
        description: 'Tell in `ruled` what the rules in force leave of each alert that has fired.',
      }),
      flapping: yesOrNo.optional().meta({ description: 'Only those that flap now, or the others.' }),
    }),
    answer: pageOf(listedAlertView).extend({
      coveredFrom: timeText.meta({
        description: 'All that was received from here on has been looked at, up to this page’s end.',
      }),
      leftOut: z.array(timeText).optional().meta({
        description:
          'Minutes with so many signals that they were not looked at; ask for their incidents instead.',
      }),
    }),
  },
  'get-alert': { about: 'One alert, as it is now.', params, answer: wholeAlertView },
  'explain-alert': {
    about:
      'Why an alert is in an incident or not, and why somebody was paged or not: what was received, the rules tried with the values they saw, silences, correlation, the incident, and pages. About its last firing.',
    params,
    query: z.strictObject({
      rule: z.string().min(1).max(100).optional().meta({
        description: 'A rule to be told of in any case, also when many others came nearer.',
      }),
    }),
    answer: explanationView
      .extend({
        alert: fingerprintText,
        outcome: z.enum(alertOutcomes).meta({
          description:
            'What became of its last firing. `suppressed` and `dropped`: by its rule. `waiting`: for a threshold. `over`: only its end was received.',
        }),
        paged: z.boolean().meta({
          description:
            'Whether a provider took a page of its incident, also before that was opened again; or of another that it holds open.',
        }),
        incident: idText('incident').optional(),
        alsoIn: z.array(idText('incident')).optional().meta({
          description:
            'Other open incidents that it is in and holds open: rules, or what it says of itself, sent earlier firings there.',
        }),
      })
      .meta({ id: 'AlertExplanation' }),
  },
} as const satisfies CapabilityApi;
