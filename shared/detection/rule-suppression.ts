import { clipped, type Instant } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import type { Match } from './match.ts';

/** The most bytes of a reason. */
const ROOM = 120;

/** The head with whether a rule keeps its newest firing without an incident; the same object when it says so already. */
export function withRuledOut(head: AlertHead, { does, rule, why }: Match, at: Instant): AlertHead {
  if (head.firings.some((other) => other > at)) return head;
  const { ruledOut, ...rest } = head;
  if (does !== 'suppress') return ruledOut ? rest : head;
  const reason = clipped(why, ROOM);
  const isSame = ruledOut?.rule === rule.id && ruledOut.at === at && ruledOut.why === reason;
  return isSame ? head : { ...rest, ruledOut: { rule: rule.id, at, why: reason } };
}
