import type { HolderId, ReleaseMessage } from '../../shared/alerts/index.ts';
import { isAboutAny, mutesUntil, NOBODY_BEHIND, waitingParts } from '../../shared/detection/index.ts';
import { DAY, type IncidentId, type Instant, type OrganisationId } from '../../shared/kernel/index.ts';
import { alertsOn } from '../aws/firing-alerts.ts';
import { readGuard } from '../aws/guards.ts';
import { heldPage } from '../aws/held-alerts.ts';
import {
  allGroups,
  forgetGroup,
  groupsPage,
  type MutingGroup,
  moveGroup,
  readGroup,
} from '../aws/muting-groups.ts';
import { lookAgain } from './look-again.ts';
import type { Ports } from './ports.ts';
import { tidyHeld } from './tidy-held.ts';
import { wake } from './wake.ts';

/** Groups that one message asks after. */
const GROUPS = 100;

/**
 * Looks at what alerts hold back by an inhibition, when by what is known none of them mutes any longer, some at a time. While one
 * does, there is nothing to look at but once a day: so long is kept what is held. Doing it again, or too early, changes nothing.
 */
export async function releaseMuted(
  message: ReleaseMessage & { readonly quiet: HolderId },
  ports: Ports,
): Promise<void> {
  const { org, quiet, askedAt, after, anyway } = message;
  if (quiet === allGroups) return releaseAll(message, ports);
  const group = await readGroup(org, quiet);
  const until = mutesUntil(await readGuard(org, hashOf(quiet)), askedAt);
  const isDue = group !== undefined && group.dueAt <= askedAt;
  if (until !== undefined && !isDue && !anyway && after === undefined) {
    if (group && until < group.dueAt) await moveGroup(org, group, until);
    return;
  }
  const isOf = (heldBy: string, incident: IncidentId) => isPageOf(org, quiet, { heldBy, incident });
  const holding = group && after === undefined ? await wake(org, ports, isOf) : new Set();
  const { seen, isMore } = await lookAgain(message, ports);
  await tidyHeld(org, seen, askedAt);
  if (!group || isMore) return;
  // Only the first of several messages knows which pages stay: the last asks once more.
  const mayHold = after !== undefined || holding.has(hashOf(quiet));
  if (!mayHold && (await heldPage(org, quiet, { limit: 1 })).held.length === 0) await forgetGroup(org, group);
  else await askLater(org, group, askedAt, until);
}

/** Whether the end of a group may let a page go: of what other groups hold the alerts are read, so that nothing is written in vain. */
async function isPageOf(
  org: OrganisationId,
  quiet: HolderId,
  { heldBy, incident }: { readonly heldBy: string; readonly incident: IncidentId },
): Promise<boolean> {
  if (heldBy === quiet || !heldBy.startsWith('inh_')) return heldBy === quiet;
  return isAboutAny(await alertsOn(org, incident), hashOf(quiet));
}

const hashOf = (quiet: HolderId): string => quiet.slice('inh_'.length);

/** When a group that holds something back is asked after next: once more when nobody decides by what was before. */
async function askLater(
  org: OrganisationId,
  group: MutingGroup,
  askedAt: Instant,
  until: Instant | undefined,
): Promise<void> {
  if (until !== undefined) return moveGroup(org, group, until);
  // What others hold back as well goes free with those, and is kept here until then.
  const wasLast = group.dueAt <= askedAt;
  return moveGroup(org, group, askedAt + (wasLast ? DAY : NOBODY_BEHIND));
}

/** Has every group looked at, and all that waits for a threshold, since the configuration says otherwise now. */
async function releaseAll(message: ReleaseMessage, ports: Ports): Promise<void> {
  const { org, askedAt, after } = message;
  const { quiets, next } = await groupsPage(org, { limit: GROUPS, after });
  const waiting = after === undefined ? waitingParts : [];
  const messages = [...quiets, ...waiting].map((quiet) => {
    const body: ReleaseMessage = { kind: 'release', org, quiet, askedAt, anyway: true };
    return { body, group: org };
  });
  const more = next === undefined ? [] : [{ body: { ...message, after: next }, group: org }];
  if (messages.length + more.length > 0) await ports.sendAlertQueue([...messages, ...more]);
  if (next !== undefined) return;
  const group = await readGroup(org, allGroups);
  if (group && askedAt >= group.dueAt + NOBODY_BEHIND) await forgetGroup(org, group);
}
