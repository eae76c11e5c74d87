import * as z from 'zod';
import { ruleSchema } from '../detection/index.ts';
import { personSchema, policySchema } from '../on-call/index.ts';
import { defaultRunbookSettings, runbookSettings } from '../runbooks/index.ts';
import { defaultWarRoomSettings, warRoomSettings } from '../war-room/index.ts';

/** The parts of a configuration, which need not agree: where one is left out, others may still name it. */
export const configurationParts = z.strictObject({
  /** Who can be paged. */
  people: z.array(personSchema).max(2_000).default([]),
  /** Escalation policies, which rules name in `assignToTeam`; the first one takes what no rule assigns. */
  policies: z.array(policySchema).max(500).default([]),
  /** Detection rules in the order in which they are tried. */
  rules: z.array(ruleSchema).max(1_000).default([]),
  /** How war rooms get their video links. */
  warRoom: warRoomSettings.default(defaultWarRoomSettings),
  /** Where runbooks find what they ask. */
  runbooks: runbookSettings.default(defaultRunbookSettings),
});

/** All that an organisation configures, as one versioned document whose parts agree with each other. */
export const configurationSchema = configurationParts.superRefine((document, context) => {
  for (const { path, message } of disagreements(document)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

export type Configuration = z.infer<typeof configurationParts>;

/** What is in force before anybody has configured anything. */
export const emptyConfiguration: Configuration = configurationParts.parse({});

interface Disagreement {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Ids that are there twice, and names of things that are not there. */
export function disagreements({
  people,
  policies,
  rules,
}: Omit<Configuration, 'warRoom' | 'runbooks'>): readonly Disagreement[] {
  const persons = new Set(people.map(({ id }) => id));
  const teams = new Set(policies.map(({ id }) => id));
  return [
    ...repeated('people', people),
    ...repeated('policies', policies),
    ...repeated('rules', rules),
    ...policies.flatMap(({ levels }, p) =>
      levels.flatMap(({ targets }, l) =>
        targets.flatMap((target, t) =>
          persons.has(target)
            ? []
            : [
                {
                  path: ['policies', p, 'levels', l, 'targets', t],
                  message: `There is no person '${target}'`,
                },
              ],
        ),
      ),
    ),
    ...rules.flatMap(({ actions: { assignToTeam: team } }, r) =>
      team === undefined || teams.has(team)
        ? []
        : [{ path: ['rules', r, 'actions', 'assignToTeam'], message: `There is no policy '${team}'` }],
    ),
  ];
}

function repeated(list: string, entries: readonly { readonly id: string }[]): readonly Disagreement[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }, i) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: [list, i, 'id'], message: `The id '${id}' is there twice` }];
  });
}
