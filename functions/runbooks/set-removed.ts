import { type Actor, type Instant, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import type { SavedRunbook } from '../../shared/runbooks/index.ts';
import { knownRunbook, saveRunbook } from '../aws/runbooks.ts';

/** How often it is tried again after somebody else was faster. */
const ATTEMPTS = 5;

/** Saves the present version once more, as removed or as there again. One that stands so already stays as it is. */
export async function setRemoved(
  org: OrganisationId,
  id: string,
  removes: boolean,
  by: { readonly actor: Actor; readonly at: Instant },
): Promise<SavedRunbook> {
  for (let tries = 0; tries < ATTEMPTS; tries++) {
    const from = await knownRunbook(org, id);
    if ((from.removed ?? false) === removes) return from;
    const saved = await saveRunbook(org, from.runbook, { ...by, from, removes });
    if (saved !== undefined) return saved;
  }
  throw new Refusal('unavailable', 'Too many changed this runbook at once; try again.');
}
