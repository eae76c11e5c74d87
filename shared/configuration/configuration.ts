import * as z from 'zod';
import { defaultDetectionSettings, detectionSettings, ruleSchema } from '../detection/index.ts';
import { serviceSchema } from '../incidents/index.ts';
import { personSchema, policySchema, scheduleSchema } from '../on-call/index.ts';
import { templateSchema } from '../postmortems/index.ts';
import { defaultRunbookSettings, runbookSettings } from '../runbooks/index.ts';
import { defaultWarRoomSettings, warRoomSettings } from '../war-room/index.ts';
import { burdensIn } from './burdens.ts';
import { disagreements } from './disagreements.ts';

/** The lists of a configuration. */
export const configurationLists = {
  /** Who can be paged. */
  people: z.array(personSchema).max(2_000),
  /** Who is on call when: rotations that policies name as targets. */
  schedules: z.array(scheduleSchema).max(1_000),
  /** Escalation policies, which rules name in `assignToTeam`; the first one takes what no rule assigns. */
  policies: z.array(policySchema).max(500),
  /** Detection rules in the order in which they are tried. */
  rules: z.array(ruleSchema).max(10_000),
  /** What services depend on: where a cause may lie. */
  services: z.array(serviceSchema).max(2_000),
  /** Templates of post-mortems; the first that fits an incident is used. */
  postmortemTemplates: z.array(templateSchema).max(50),
} as const;

/** A set of rules that decides nothing: what it would do is told beside what the rules in force do. */
const shadowSchema = z.strictObject({
  /** What was received since then is compared; when left out, since these rules were put there. RFC 3339. */
  since: z.iso.datetime({ offset: true }).optional(),
  rules: configurationLists.rules,
});

/** The parts of a configuration, which need not agree: where one is left out, others may still name it. */
export const configurationParts = z.strictObject({
  people: configurationLists.people.default([]),
  schedules: configurationLists.schedules.default([]),
  policies: configurationLists.policies.default([]),
  rules: configurationLists.rules.default([]),
  services: configurationLists.services.default([]),
  postmortemTemplates: configurationLists.postmortemTemplates.default([]),
  /** How alerts become incidents, beside the rules. */
  detection: detectionSettings.default(defaultDetectionSettings),
  /** How war rooms get their video links. */
  warRoom: warRoomSettings.default(defaultWarRoomSettings),
  /** Where runbooks find what they ask. */
  runbooks: runbookSettings.default(defaultRunbookSettings),
  /** Rules that are watched beside those in force and decide nothing; left out, there are none. */
  shadow: shadowSchema.optional(),
});

/** All that an organisation configures, as one versioned document whose parts agree with each other. */
export const configurationSchema = configurationParts.superRefine((document, context) => {
  for (const { path, message } of [...disagreements(document), ...burdensIn(document)]) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

export type Configuration = z.infer<typeof configurationParts>;

/** What is in force before anybody has configured anything. */
export const emptyConfiguration: Configuration = configurationParts.parse({});
