import * as z from 'zod';
import { type Configuration, configurationLists, configurationParts } from './configuration.ts';
import { disagreements } from './disagreements.ts';
import { type ListName, listNames } from './lists.ts';

/** A configuration as it is sent: a list that is left out is known from one that is empty. What its rules may cost is a question of those in force. */
export const givenConfiguration = z
  .strictObject({
    people: configurationLists.people.optional(),
    schedules: configurationLists.schedules.optional(),
    policies: configurationLists.policies.optional(),
    rules: configurationLists.rules.optional(),
    services: configurationLists.services.optional(),
    postmortemTemplates: configurationLists.postmortemTemplates.optional(),
    detection: configurationParts.shape.detection,
    warRoom: configurationParts.shape.warRoom,
    runbooks: configurationParts.shape.runbooks,
    shadow: configurationParts.shape.shadow,
  })
  .superRefine((document, context) => {
    for (const { path, message } of disagreements(wholeOf(document)))
      context.addIssue({ code: 'custom', path: [...path], message });
  });

export type GivenConfiguration = z.infer<typeof givenConfiguration>;

/** The configuration that a document stands for; what it leaves out is empty. */
export function wholeOf({
  people = [],
  schedules = [],
  policies = [],
  rules = [],
  services = [],
  postmortemTemplates = [],
  detection,
  warRoom,
  runbooks,
  shadow,
}: GivenConfiguration): Configuration {
  const settings = { detection, warRoom, runbooks, ...(shadow && { shadow }) };
  return { people, schedules, policies, rules, services, postmortemTemplates, ...settings };
}

/** The lists that a document leaves out although something is in them now: whoever forgot them would lose them. */
export function forgottenLists(given: GivenConfiguration, inForce: Configuration): readonly ListName[] {
  return listNames.filter((name) => given[name] === undefined && inForce[name].length > 0);
}
