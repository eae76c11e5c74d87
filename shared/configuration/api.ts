import * as z from 'zod';
import { type CapabilityApi, pageQuery, timeText, versionText } from '../api/index.ts';
import { ruleSchema } from '../detection/index.ts';
import { mailNotice } from '../identity/index.ts';
import { serviceSchema } from '../incidents/index.ts';
import { MOST_CHANGES } from './changes.ts';
import { configurationParts } from './configuration.ts';
import { givenConfiguration } from './given.ts';
import {
  broughtText,
  entryQuery,
  reasonText,
  ruleAnswer,
  ruleChanged,
  rulesAnswer,
  shadowQuery,
  simulationAnswer,
  simulationBody,
  versionNote,
  versionsAnswer,
} from './rules-api.ts';

const inForce = z.strictObject({
  version: z.int().min(0).meta({ description: '0 before anything was configured; also the ETag' }),
  updatedAt: timeText.optional(),
  updatedBy: z.string().optional(),
  configuration: configurationParts,
  leftOut: z.array(z.string()).min(1).optional().meta({
    description:
      'What of the stored version this program does not understand and leaves out, in words; absent when it understands all',
  }),
});

const words = z.array(z.string()).meta({
  description:
    'What differs, in lines: how much; `+` what is added, `~` each field that changes (100 at most) and lists in another order, `-` what is removed, `!` what to beware of.',
});
const replaced = z.strictObject({
  words,
  ...inForce.shape,
  configuration: configurationParts.optional().meta({
    description: 'Left out when the header `Prefer: return=minimal` was sent.',
  }),
  mail: z.array(mailNotice).min(1).optional(),
  warnings: z.array(z.string()).min(1).optional().meta({
    description: 'What is odd about what is in force now, as the plan says it; absent when nothing is.',
  }),
});

const ids = z.array(z.string());
const listPlan = z
  .strictObject({ added: ids, changed: ids, removed: ids, reordered: z.boolean() })
  .meta({ id: 'ListPlan', description: 'What would change in a list, by ids.' });
const fieldChange = z
  .strictObject({
    path: z.string().meta({
      description: 'Entries of the lists by id, what is inside of them by place.',
      example: 'policies[web].levels[0].delay',
    }),
    before: z.string().optional().meta({ description: 'What it says, absent where there is nothing.' }),
    after: z
      .string()
      .optional()
      .meta({ description: 'What it would say, absent where there would be nothing.' }),
  })
  .meta({
    id: 'FieldChange',
    description:
      'A field that would change. Texts are as they are, all else is JSON; long ones are cut, secrets masked.',
  });
const planned = z.strictObject({
  words,
  version: z.int().meta({ description: 'The version that it was compared with.' }),
  lists: z
    .strictObject({
      ...{ people: listPlan, schedules: listPlan, policies: listPlan, rules: listPlan },
      ...{ services: listPlan, postmortemTemplates: listPlan },
    })
    .partial()
    .meta({ description: 'Those of which something would change.' }),
  detection: z.enum(['same', 'changed']),
  warRoom: z.enum(['same', 'changed']),
  runbooks: z.enum(['same', 'changed']),
  shadow: z.enum(['same', 'changed']),
  changes: z.array(fieldChange).max(MOST_CHANGES).meta({
    description:
      'The fields that would change, in entries that are there before and after and in the settings.',
  }),
  moreChanges: z.int().min(0).meta({ description: 'How many fields would change beyond those.' }),
  warnings: z
    .array(z.string())
    .meta({ description: 'Gaps, levels that reach nobody, people who cannot be reached.' }),
});

const entryParams = z.strictObject({ id: z.string().min(1).max(100) });
const versionParams = z.strictObject({ version: versionText });

/** 10,000 rules are some megabytes; what API Gateway hands on is a third larger, and at most 6 MB. */
const bodyLimit = 4 * 1024 * 1024;

const dropLeftOut = z.enum(['true', 'false']).default('false').meta({
  description: 'That it is meant to lose what of the version in force is not understood.',
});

/** What the verbs of configuration take and answer. */
export const configurationApi = {
  get: { about: 'The configuration in force, and its version as ETag.', answer: inForce },
  plan: {
    about:
      'What replacing the configuration by this one would change, and what is odd about it. Nothing is written. What would be refused is refused in the same words.',
    query: z.strictObject({ dropLeftOut }),
    body: givenConfiguration,
    yaml: true,
    bodyLimit,
    answer: planned,
  },
  replace: {
    about:
      'Replaces the configuration. If-Match names the version that it was made from. While that has parts which are not ' +
      'understood (`leftOut`) the answer is 409, unless `dropLeftOut=true` says to lose them. A list that is left out although ' +
      'something is in it now is refused; `[]` means none.',
    query: z.strictObject({
      dropLeftOut,
      reason: reasonText.optional().meta({
        description: 'Why, for those who read the versions; what changed, in words, when left out.',
      }),
    }),
    body: givenConfiguration,
    yaml: true,
    bodyLimit,
    answer: replaced,
  },
  'list-versions': {
    about: 'The versions of the configuration, newest first: who made each, when and why.',
    query: z.strictObject(pageQuery),
    answer: versionsAnswer,
  },
  'get-version': {
    about: 'One version of the configuration, in force or not.',
    params: versionParams,
    answer: versionNote.extend({
      configuration: configurationParts,
      leftOut: z.array(z.string()).min(1).optional(),
    }),
  },
  'roll-back': {
    about:
      'Puts the content of an earlier version in force again, as a new version. If-Match names the version that is in force.',
    body: z.strictObject({ version: z.int().min(1), reason: reasonText }),
    answer: replaced,
  },
  'list-rules': { about: 'The rules in force, in the order in which they are tried.', answer: rulesAnswer },
  'get-rule': {
    about:
      'A rule that is in force, and who changed it when and why. One whose id is `shadow` is only among those of GET /api/rules.',
    params: entryParams,
    answer: ruleAnswer,
  },
  'put-rule': {
    about:
      'Puts one rule in force, in place of the one of this id or as a new one, and leaves all else as it is. If-Match names the version that is in force.',
    params: entryParams,
    query: entryQuery.extend({
      place: z.coerce.number().int().min(0).max(10_000).optional().meta({
        description:
          'Where it is tried, from 0 to at most behind the last. When left out: where it was; a new one last, but before the first that takes every alert.',
      }),
    }),
    body: ruleSchema,
    answer: ruleChanged,
  },
  'remove-rule': {
    about: 'Takes one rule out of force. If-Match names the version that is in force.',
    params: entryParams,
    query: entryQuery,
    answer: z.strictObject({ version: z.int() }),
  },
  'get-service': {
    about: 'A service as the catalogue has it, and which others need it.',
    params: entryParams,
    answer: z.strictObject({ version: z.int(), service: serviceSchema, neededBy: ids }),
  },
  'put-service': {
    about: 'Puts one service into the catalogue, or changes it. If-Match names the version that is in force.',
    params: entryParams,
    query: entryQuery,
    body: serviceSchema,
    answer: z.strictObject({ version: z.int(), service: serviceSchema, warnings: broughtText }),
  },
  'remove-service': {
    about: 'Takes one service out of the catalogue. If-Match names the version that is in force.',
    params: entryParams,
    query: entryQuery,
    answer: z.strictObject({ version: z.int() }),
  },
  simulate: {
    about:
      'Plays received signals, kept or uploaded, through a draft of rules and through those in force, and tells the difference. Nothing is written and nobody is told.',
    body: simulationBody,
    yaml: true,
    bodyLimit,
    answer: simulationAnswer,
  },
  'get-shadow': {
    about:
      'What the shadow rules would have done since they were put there, beside what the rules in force make of the same signals.',
    query: shadowQuery,
    answer: simulationAnswer.extend({ since: timeText }),
  },
} as const satisfies CapabilityApi;
