import { impacts } from '../../shared/status/nouns.ts';
import type { Proposal } from './use-status.ts';

/** Proposals, most urgent first: what nobody was told yet before what is over, the worst first. */
export function mostUrgentFirst(proposals: readonly Proposal[]): readonly Proposal[] {
  const worth = ({ kind, impact }: Proposal) =>
    (kind === 'publish-incident' ? impacts.length : 0) + (impact === undefined ? 0 : impacts.indexOf(impact));
  return proposals.toSorted((a, b) => worth(b) - worth(a));
}
