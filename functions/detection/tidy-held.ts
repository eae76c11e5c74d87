import { isHeldInVain, NOBODY_BEHIND } from '../../shared/detection/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { readHeads } from '../aws/alert-heads.ts';
import { allDone } from '../aws/all-done.ts';
import { forgetHeld, type KeptHeld, keepLonger } from '../aws/held-alerts.ts';

/** Forgets what was kept of alerts that others hold back no longer, and keeps the rest for longer. */
export async function tidyHeld(
  org: OrganisationId,
  seen: readonly KeptHeld[],
  askedAt: Instant,
): Promise<void> {
  const heads = await readHeads(
    org,
    seen.map(({ held }) => held.signal.fingerprint),
  );
  await allDone(
    seen.map(async (row) => {
      const head = heads.get(row.held.signal.fingerprint);
      // What was kept just now may be of a decision that is not written yet.
      if (!head || row.keptAt > askedAt - NOBODY_BEHIND) return;
      if (isHeldInVain(row, head, askedAt)) await forgetHeld(org, row.held);
      else await keepLonger(org, row, askedAt);
    }),
  );
}
