import type { Configuration } from './configuration.ts';
import { type ListPlan, listPlans } from './list-plan.ts';
import { type ListName, listNames } from './lists.ts';
import { touchedBy } from './versions.ts';

/** What people call an entry of each list, and several. */
const words = {
  people: ['person', 'people'],
  schedules: ['schedule', 'schedules'],
  policies: ['policy', 'policies'],
  rules: ['rule', 'rules'],
  services: ['service', 'services'],
  postmortemTemplates: ['post-mortem template', 'post-mortem templates'],
} as const satisfies Readonly<Record<ListName, readonly [one: string, several: string]>>;

const settingWords: Readonly<Record<string, string>> = {
  detection: 'the settings of detection',
  warRoom: 'the settings of war rooms',
  runbooks: 'the settings of runbooks',
  shadow: 'the shadow rules',
};

/** Ids that are named of each kind of change; the others are counted. */
const NAMED = 3;
/** Characters of what is said of changes; a reason has at most 500. */
const ROOM = 440;

const NOT_GIVEN = '(no reason given)';

/**
 * What changed, as the reason of a version for which nobody gave one, such as `Changed rule disk-full; added service billing (no
 * reason given)`. At most 500 characters.
 */
export function generatedReason(before: Configuration, after: Configuration): string {
  const plans = listPlans(before, after);
  const all = [
    ...(['changed', 'added', 'removed'] as const).flatMap((does) =>
      listNames.flatMap((list) => saidOf(does, list, plans[list][does])),
    ),
    ...listNames.flatMap((list) => reordered(list, plans[list])),
    ...touchedBy(before, after).settings.map((name) => `changed ${settingWords[name] ?? name}`),
  ];
  if (all.length === 0) return `Nothing changed ${NOT_GIVEN}`;
  const told = all.filter((_, i) => all.slice(0, i + 1).join('; ').length <= ROOM);
  const rest = told.length < all.length ? '; and more' : '';
  const text = (told.length === 0 ? 'changed much' : told.join('; ')) + rest;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${NOT_GIVEN}`;
}

function saidOf(does: string, list: ListName, ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const [one, several] = words[list];
  const named = ids.slice(0, NAMED).join(', ');
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  return [`${does} ${ids.length === 1 ? one : several} ${named}${more}`];
}

/** The order counts for these alone. */
function reordered(list: ListName, plan: ListPlan): readonly string[] {
  const counts = list === 'policies' || list === 'rules';
  return counts && plan.reordered ? [`put the ${words[list][1]} in another order`] : [];
}
