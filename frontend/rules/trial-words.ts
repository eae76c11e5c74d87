import { countText } from '../incidents/words.ts';
import type { Pair } from './bars.tsx';
import type { Trial } from './use-trial.ts';

/** The numbers of a trial that are drawn. */
export function pairsOf({ active, draft }: Trial): readonly Pair[] {
  return [
    { name: 'Incidents', active: active.incidents, draft: draft.incidents },
    { name: 'First pages', active: active.pages, draft: draft.pages },
    { name: 'Times reopened', active: active.reopened, draft: draft.reopened },
    { name: 'Alerts in no incident', active: active.without, draft: draft.without },
  ];
}

/** What policies are called, and those whom they page, by id. */
export type Names = ReadonlyMap<string, string>;

/** First pages by policy, those that change most before the others. */
export function policyPairs({ policies }: Trial, names: Names = new Map()): readonly Pair[] {
  const change = ({ active, draft }: { readonly active: number; readonly draft: number }) =>
    Math.abs(draft - active);
  return policies
    .toSorted((a, b) => change(b) - change(a) || b.active - a.active)
    .map(({ policy, wakes, active, draft }) => ({
      name: policy === undefined ? 'First policy' : (names.get(policy) ?? policy),
      note:
        wakes.length === 0
          ? 'reaches nobody first'
          : `reaches ${wakes.map((id) => names.get(id) ?? id).join(', ')} first`,
      active,
      draft,
    }));
}

/** How much there is of what, and what it means; those with nothing in them are left out. */
export function groupsOf(trial: Trial) {
  const groups = [
    [
      'missed',
      'Would be missed',
      'Each time an alert fired for which somebody is paged now and nobody would be.',
    ],
    ['unplaced', 'In no incident', 'Alerts that are in an incident now and would be in none.'],
    ['unpaged', 'Would page nobody', 'Incidents that paged somebody and would not.'],
    ['newlyPaged', 'Would page now', 'Incidents that paged nobody and would.'],
    [
      'caught',
      'Would be caught',
      'Each time an alert fired for which nobody is paged now and somebody would be.',
    ],
    ['placed', 'In an incident', 'Alerts that are in no incident now and would be in one.'],
    ['merged', 'Would be one', 'Several incidents that would be one.'],
    ['split', 'Would be several', 'Incidents of now that would be several instead of one.'],
    ['severity', 'Other severity', 'Incidents that would be more or less severe.'],
    ['otherwise', 'Otherwise', 'Incidents that would page or end at another time, or be called otherwise.'],
    ['onlyActive', 'Only in force', 'Incidents of now that would not open.'],
    ['onlyDraft', 'Only under the draft', 'Incidents that would open and do not now.'],
  ] as const;
  return groups
    .map(([key, title, about]) => ({ key, title, about, total: trial[key].total }))
    .filter(({ total }) => total > 0);
}

export type Group = ReturnType<typeof groupsOf>[number];

/** `14,210 signals`. */
export const signalsText = (signals: number): string =>
  `${countText(signals)} signal${signals === 1 ? '' : 's'}`;
