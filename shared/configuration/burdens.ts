import {
  type Burden,
  burdensOf,
  type InhibitionRule,
  inhibitionBurdensOf,
  type Rule,
} from '../detection/index.ts';
import type { Disagreement } from './disagreements.ts';

/** Rules that decide, and such that are only watched. */
interface RuleSets {
  readonly rules: readonly Rule[];
  readonly shadow?: { readonly rules: readonly Rule[] } | undefined;
  readonly detection?: { readonly inhibitions?: readonly InhibitionRule[] | undefined } | undefined;
}

/** What of its rules and inhibitions would take too long for each alert, unless they are no dearer than those in force; rules that are watched may be as dear as either. */
export function burdensIn(
  { rules, shadow, detection }: RuleSets,
  inForce: RuleSets = { rules: [] },
): readonly Disagreement[] {
  const watched = shadow?.rules ?? [];
  const asWatched = burdensOf(watched, inForce.shadow?.rules);
  return [
    ...placed(burdensOf(rules, inForce.rules), ['rules']),
    ...placed(asWatched.length > 0 ? burdensOf(watched, inForce.rules) : [], ['shadow', 'rules']),
    ...inhibitionBurdensOf(detection?.inhibitions ?? [], inForce.detection?.inhibitions).map(
      ({ rule, message }) => ({
        path: ['detection', 'inhibitions', rule],
        message,
      }),
    ),
  ];
}

const placed = (burdens: readonly Burden[], path: readonly string[]): readonly Disagreement[] =>
  burdens.map(({ rule, message }) => ({ path: [...path, rule, 'conditions'], message }));
