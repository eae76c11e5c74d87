import type { Uploaded } from '../../shared/configuration/index.ts';
import {
  type Brief,
  type Difference,
  type Listed,
  MOST_EXAMPLES,
  type Regrouped,
  type Stray,
} from '../../shared/detection/index.ts';
import { toText } from '../../shared/kernel/index.ts';
import type { Trial, Tried } from './trial.ts';

/** A difference as the API shows it. */
export function viewTrial(
  { difference, covered }: Tried,
  { active: { policies: before }, draft: { policies } }: Pick<Trial, 'active' | 'draft'>,
  refused: Uploaded['refused'] = [],
) {
  const { words, signals, alerts, active, draft } = difference;
  return {
    words: [...words],
    covered: { ...covered, from: toText(covered.from), until: toText(covered.until) },
    ...(refused.length > 0 && {
      refused: shown(refused, ({ place, errors }) => ({ place, errors: [...errors] })),
    }),
    ...{ signals, alerts, active, draft },
    ...viewGroups(difference),
    policies: difference.policies.map((one) => {
      // One that the draft does not have any more pages under the rules in force alone.
      const policy =
        one.policy === undefined
          ? (policies[0] ?? before[0])
          : [...policies, ...before].find(({ id }) => id === one.policy);
      return { ...one, wakes: policy?.levels[0]?.targets ?? [] };
    }),
  };
}

function viewGroups(difference: Difference) {
  const { onlyActive, onlyDraft, merged, split, severity, otherwise, unpaged, newlyPaged } = difference;
  const { missed, caught, unplaced, placed } = difference;
  return {
    ...{ onlyActive: each(onlyActive, viewBrief), onlyDraft: each(onlyDraft, viewBrief) },
    ...{ merged: each(merged, viewRegrouped), split: each(split, viewRegrouped) },
    severity: each(severity, (pair) => ({ active: viewBrief(pair.active), draft: viewBrief(pair.draft) })),
    otherwise: each(otherwise, ({ active, draft, how }) => ({
      ...{ active: viewBrief(active), draft: viewBrief(draft), how: [...how] },
    })),
    ...{ unpaged: each(unpaged, viewBrief), newlyPaged: each(newlyPaged, viewBrief) },
    ...{ missed: each(missed, viewStray), caught: each(caught, viewStray) },
    ...{ unplaced: each(unplaced, viewStray), placed: each(placed, viewStray) },
  };
}

const each = <One, Shown>({ total, examples }: Listed<One>, show: (one: One) => Shown) => ({
  total,
  examples: examples.map(show),
});

const shown = <One, Shown>(all: readonly One[], show: (one: One) => Shown) => ({
  total: all.length,
  examples: all.slice(0, MOST_EXAMPLES).map(show),
});

const viewRegrouped = ({ one, parts }: Regrouped) => ({ one: viewBrief(one), parts: each(parts, viewBrief) });

const viewStray = (stray: Stray) => ({ ...stray, firedAt: toText(stray.firedAt) });

function viewBrief({ openedAt, endedAt, firstPageAt, ...brief }: Brief) {
  return {
    ...{ ...brief, openedAt: toText(openedAt) },
    ...(endedAt !== undefined && { endedAt: toText(endedAt) }),
    ...(firstPageAt !== undefined && { firstPageAt: toText(firstPageAt) }),
  };
}
