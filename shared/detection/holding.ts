import type { AlertHead, Membership } from './alert-head.ts';
import type { Draft, KeyDraft } from './draft.ts';
import { isOpenWindow, type Window, windowOf } from './guard.ts';

/** The open window of a membership's incident, or of what that was merged into. */
export function openWindowOf(draft: Draft, { incident, correlation }: Membership) {
  const chain = draft.chain(draft.key(correlation));
  const found = (pick: (key: KeyDraft) => Window | undefined) => {
    for (const key of chain) {
      const window = pick(key);
      if (window) return { key, window };
    }
    return undefined;
  };
  const own = found(({ guard }) => windowOf(guard, incident));
  if (own) return isOpenWindow(own.window) ? own : undefined;
  // Where windows are not fixed, one is open at most.
  return found(({ guard: { width, windows } }) =>
    windows.find((one) => isOpenWindow(one) && (width === undefined || one.absorbed?.includes(incident))),
  );
}

/** Of memberships, the newest of each open window that they lead to: by these an alert holds incidents open. */
export function holdingOpen(draft: Draft, memberships: readonly Membership[]): readonly Membership[] {
  const seen = new Set<string>();
  return memberships.filter((membership) => {
    const { window } = openWindowOf(draft, membership) ?? {};
    if (!window || seen.has(window.incident)) return false;
    seen.add(window.incident);
    return true;
  });
}

/** Has the incidents looked at of which an alert knows no more: those it holds open no longer. */
export function settleForgotten(draft: Draft, before: AlertHead, after: AlertHead): void {
  const known = new Set(after.memberships.map(({ incident }) => incident));
  for (const old of before.memberships) {
    const open = known.has(old.incident) ? undefined : openWindowOf(draft, old);
    if (!open) continue;
    const { incident, generation } = open.window;
    draft.settle({ incident, generation, correlation: open.key.hash });
  }
}
