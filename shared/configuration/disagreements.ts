import { idleIn, type Rule } from '../detection/index.ts';
import type { Service } from '../incidents/index.ts';
import { didYouMean } from '../kernel/index.ts';
import type { Person, Policy, Schedule } from '../on-call/index.ts';
import type { Template } from '../postmortems/index.ts';

/** The lists of a configuration whose entries name each other. */
export interface NamedLists {
  readonly people: readonly Person[];
  readonly schedules: readonly Schedule[];
  readonly policies: readonly Policy[];
  readonly rules: readonly Rule[];
  readonly services: readonly Service[];
  readonly postmortemTemplates: readonly Template[];
  readonly shadow?: { readonly rules: readonly Rule[] } | undefined;
}

/** What does not agree, and where. */
export interface Disagreement {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Ids that are there twice, names of things that are not there, and channels without an address. */
export function disagreements(lists: NamedLists): readonly Disagreement[] {
  const { people, schedules, policies, rules, services, postmortemTemplates, shadow } = lists;
  const teams = new Set(policies.map(({ id }) => id));
  return [
    ...repeated('people', people),
    ...repeated('schedules', schedules),
    ...repeated('policies', policies),
    ...repeated('rules', rules),
    ...repeated('services', services),
    ...repeated('postmortemTemplates', postmortemTemplates),
    ...people.flatMap(ofPerson),
    ...ofSchedules(lists),
    ...ofPolicies(lists),
    ...services.flatMap(({ owner }, s) => ofTeam(owner, teams, ['services', s, 'owner'])),
    ...ofRules(rules, teams, ['rules']),
    ...repeated('rules', shadow?.rules ?? [], ['shadow', 'rules']),
    ...ofRules(shadow?.rules ?? [], teams, ['shadow', 'rules']),
  ];
}

const ofRules = (
  rules: readonly Rule[],
  teams: ReadonlySet<string>,
  path: Disagreement['path'],
): readonly Disagreement[] =>
  rules.flatMap((rule, r) => [
    ...ofOwnId(rule.id, [...path, r, 'id']),
    ...ofTeam(rule.actions.assignToTeam, teams, [...path, r, 'actions', 'assignToTeam']),
    ...ofTeam(rule.actions.set?.team, teams, [...path, r, 'actions', 'set', 'team']),
    ...idleIn(rule).map((idle) => ({ ...idle, path: [...path, r, ...idle.path] })),
  ]);

/** What incidents say that no rule of a document grouped: by these ids they and their explanations name what did. */
const ownIds: Readonly<Record<string, string>> = {
  default: 'for the built-in rule, which takes what no other rule does',
  storm: 'for the incident of an alert storm',
  split: 'for incidents that a person split off',
  merged: 'for incidents that a person merged',
};

function ofOwnId(id: string, path: Disagreement['path']): readonly Disagreement[] {
  const kept = Object.hasOwn(ownIds, id) ? ownIds[id] : undefined;
  return kept === undefined
    ? []
    : [{ path, message: `Got the id '${id}', which is kept ${kept}; take another` }];
}

const ofTeam = (
  team: string | undefined,
  teams: ReadonlySet<string>,
  path: Disagreement['path'],
): readonly Disagreement[] =>
  team === undefined || teams.has(team)
    ? []
    : [
        {
          path,
          message: `There is no policy '${team}'; ${policiesThereAre(teams)}${didYouMean(team, teams)}`,
        },
      ];

function policiesThereAre(teams: ReadonlySet<string>): string {
  const some = [...teams].slice(0, 10).map((id) => `'${id}'`);
  if (some.length === 0) return "the document has none, so add it under 'policies'";
  return `there ${some.length === 1 ? 'is' : 'are'} ${some.join(', ')}${teams.size > some.length ? ' and more' : ''}`;
}

function ofPerson(person: Person, place: number): readonly Disagreement[] {
  const seen = new Set<string>();
  return (person.channels ?? []).flatMap((channel, c) => {
    const path = ['people', place, 'channels', c];
    if (seen.has(channel)) return [{ path, message: `The channel '${channel}' is there twice` }];
    seen.add(channel);
    if (person[channel] !== undefined) return [];
    return [{ path, message: `'${person.id}' has no address for '${channel}': give '${channel}' too` }];
  });
}

function ofSchedules({ people, schedules }: NamedLists): readonly Disagreement[] {
  const persons = new Set(people.map(({ id }) => id));
  return schedules.flatMap(({ id, layers }, s) => [
    ...(persons.has(id)
      ? [
          {
            path: ['schedules', s, 'id'],
            message: `There is a person '${id}' too; policies could mean either`,
          },
        ]
      : []),
    ...layers.flatMap((layer, l) =>
      layer.people.flatMap((person, p) =>
        persons.has(person)
          ? []
          : [
              {
                path: ['schedules', s, 'layers', l, 'people', p],
                message: `There is no person '${person}'${didYouMean(person, persons)}`,
              },
            ],
      ),
    ),
  ]);
}

function ofPolicies({ people, schedules, policies }: NamedLists): readonly Disagreement[] {
  const known = new Set([...people, ...schedules].map(({ id }) => id));
  const missing = (target: string, ...path: (string | number)[]): readonly Disagreement[] =>
    known.has(target)
      ? []
      : [{ path, message: `There is no person or schedule '${target}'${didYouMean(target, known)}` }];
  return policies.flatMap(({ levels, lastResort }, p) => [
    ...levels.flatMap(({ targets }, l) =>
      targets.flatMap((target, t) => missing(target, 'policies', p, 'levels', l, 'targets', t)),
    ),
    ...(lastResort === undefined ? [] : missing(lastResort, 'policies', p, 'lastResort')),
  ]);
}

function repeated(
  list: string,
  entries: readonly { readonly id: string }[],
  path: Disagreement['path'] = [list],
): readonly Disagreement[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }, i) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: [...path, i, 'id'], message: `The id '${id}' is there twice` }];
  });
}
