import { needsHuman } from '../incidents/index.ts';
import { isSame } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import { firstPageAt } from './behind.ts';
import type { Draft } from './draft.ts';
import { holdingOpen, openWindowOf } from './holding.ts';
import type { Received } from './match.ts';
import { isOn } from './suppressed.ts';

/**
 * Has the first page looked at again of all that an alert holds open, where others may mute its newest firing otherwise than the one
 * before, wherever that goes. Its head is written with that, and says so only then.
 */
export function lookAgain(
  draft: Draft,
  before: AlertHead | undefined,
  fingerprint: string,
  firings: readonly Received[],
): void {
  const head = draft.head(fingerprint);
  const newest = firings.at(-1);
  if (!head || !newest || before?.mutable === undefined || isSame(before.mutable, head.mutable)) return;
  draft.because(newest.from);
  for (const membership of holdingOpen(draft, before.memberships)) {
    const { key, window } = openWindowOf(draft, membership) ?? {};
    if (!key || !window?.mutable || window.isLow || !needsHuman(window.severity)) continue;
    if (!isOn(head, key.guard)) continue;
    const pageAt = firstPageAt(newest.from.queuedAt, draft.now);
    key.command(window.incident, { do: 'look-again', pageAt });
    key.asked.add(fingerprint);
    draft.put(head, key);
  }
}
