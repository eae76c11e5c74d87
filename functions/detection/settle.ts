import type { SettleMessage } from '../../shared/alerts/index.ts';
import {
  type AlertHead,
  calmAt,
  decideSettle,
  type Guard,
  type Settled,
  untold,
  windowOf,
} from '../../shared/detection/index.ts';
import { awaitsFirstPage, decideIncident, type Incident } from '../../shared/incidents/index.ts';
import { causeIn, type IncidentId, type OrganisationId, SECOND, system } from '../../shared/kernel/index.ts';
import { writeControl } from '../aws/detection-write.ts';
import { guardWrite, readGuard } from '../aws/guards.ts';
import { loadIncident } from '../aws/incident-log.ts';
import { membersOf } from '../aws/members.ts';
import { table } from '../aws/table.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import type { Ports } from './ports.ts';

const ATTEMPTS = 8;

/** What a look at an incident left to do: nothing as of when it began, or to look again later. */
export type Look = 'nothing' | 'later';

/**
 * Ends an incident when all its alerts are over, and looks again after the write: an alert that joined meanwhile is seen here,
 * or has seen the closed guard itself.
 */
export async function settle(message: SettleMessage, ports: Ports): Promise<Look> {
  const { org, generation } = message;
  const cause = causeIn(message.cause);
  const asked = message.incident as IncidentId;
  const correlation = message.correlation ?? (await loadIncident(org, asked))?.correlation?.hash;
  if (correlation === undefined) return 'nothing';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const kept = await keptIncident(org, await readGuard(org, correlation), asked);
    if (!kept) return 'nothing';
    const { guard, incident } = kept;
    const members = await membersOf(org, guard, incident);
    const settled = decideSettle(
      guard,
      { incident, generation, correlation, ...(cause && { cause }) },
      members,
      ports.now(),
    );
    if (!settled) return 'nothing';
    if (settled.command?.do === 'resolve' && (await isAskedLater(message, members, ports))) return 'later';
    await write(org, settled, ports);
  }
  throw new Error(`Lost ${ATTEMPTS} races over settling ${asked}`);
}

/** The longest that a queue delays a message, in seconds. */
const LONGEST_DELAY = 900;

/** Whether an alert flaps, so that its incident goes on until that has been quiet for a while, and is asked after then. */
async function isAskedLater(
  message: SettleMessage,
  members: readonly AlertHead[],
  { now, rules, sendAlertQueue }: Ports,
): Promise<boolean> {
  const { flapping } = await rules.inForce(message.org);
  const until = calmAt(members, now(), flapping);
  if (until === undefined) return false;
  const delaySeconds = Math.min(LONGEST_DELAY, Math.ceil((until - now()) / SECOND));
  await sendAlertQueue([{ body: message, group: message.org, delaySeconds }]);
  return true;
}

/** The incident itself or the one that it was merged into, with its guard, if it has a window; undefined when it was forgotten. */
async function keptIncident(
  org: OrganisationId,
  own: Guard,
  asked: IncidentId,
): Promise<{ readonly incident: IncidentId; readonly guard: Guard } | undefined> {
  let guard = own;
  for (let id: IncidentId | undefined = asked; id; ) {
    if (windowOf(guard, id)) return { incident: id, guard };
    const incident: Incident | undefined = await loadIncident(org, id);
    id = incident?.state === 'resolved' ? incident.mergedInto : undefined;
    const into: Incident | undefined = id && (await loadIncident(org, id));
    // Merged into one of another key: that has the window.
    if (into?.correlation && into.correlation.hash !== guard.hash)
      guard = await readGuard(org, into.correlation.hash);
  }
  return undefined;
}

/** Writes unless another writer was faster; an incident that opens again is escalated. */
async function write(
  org: OrganisationId,
  { incident, command, guard, cause }: Settled,
  ports: Ports,
): Promise<void> {
  const now = ports.now();
  const before = command && (await loadIncident(org, incident));
  const facts = before ? decideIncident(before, command, now) : [];
  if (!before || facts.length === 0) {
    await table.transact([guardWrite(org, guard)]);
    return;
  }
  const isUntold = command?.do === 'resolve' && awaitsFirstPage(before);
  const after = await writeControl(before, facts, isUntold ? untold(guard, incident) : guard, {
    actor: system('detection'),
    now,
    ...(cause && { cause }),
  });
  if (after) await ports.sendEscalation(nextStepMessages([after], now));
}
