import type { RelateMessage } from '../../shared/alerts/index.ts';
import {
  byAge,
  type Correlating,
  decideMerge,
  isOpenWindow,
  type Relationship,
  relationships,
  type Side,
  surest,
  whyApart,
  windowOf,
} from '../../shared/detection/index.ts';
import { type Apart, type Incident, isOpen } from '../../shared/incidents/index.ts';
import { causeIn, type IncidentId, system } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { readGuard } from '../aws/guards.ts';
import { command, loadIncident } from '../aws/incident-log.ts';
import type { Recording } from '../aws/incident-rows.ts';
import { writeMerge } from '../aws/merge-write.ts';
import { openOn } from '../aws/neighbours.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import type { Ports } from './ports.ts';
import { quietsInForce } from './quiets-in-force.ts';

/** One for each incident around, and some for races that are lost. */
const ATTEMPTS = 40;

/** The most incidents that one is told to be related to. */
const MOST_TOLD = 3;

/**
 * Looks again, some seconds after an incident opened, at what is open beside it: two workers that opened one each could not see
 * the other, and an upstream failure that is told of last belongs to more than one. Doing it again changes nothing.
 */
export async function relate({ org, incident: asked, cause }: RelateMessage, ports: Ports): Promise<void> {
  const { correlating } = await ports.rules.inForce(org);
  if (!correlating) return;
  const because = causeIn(cause);
  const quiets = await quietsInForce(org, ports);
  let id = asked as IncidentId;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const incident = await loadIncident(org, id);
    // What it was merged into has its neighbours from now on.
    if (incident?.state === 'resolved' && incident.mergedInto !== undefined) {
      id = incident.mergedInto;
      continue;
    }
    if (!incident || !isOpen(incident) || incident.deletedAt !== undefined) return;
    const beside = await openBeside(incident, correlating);
    const recording = { actor: system('detection'), now: ports.now(), ...(because && { cause: because }) };
    const times = { quiets, now: recording.now };
    const best = surest(incident, beside, correlating, times);
    if (best && (await merge(incident, best, recording, ports))) continue;
    const found = relationships(incident, beside, correlating).map((one) => ({
      ...one,
      apart: whyApart(incident, one, correlating, times),
    }));
    return tell(incident, found, recording);
  }
  throw new Error(`Lost ${ATTEMPTS} races over relating ${id}`);
}

/** The open incidents of the services around those that it is about. */
async function openBeside({ org, service, origin }: Incident, { graph }: Correlating) {
  const about = [...new Set([service, origin])].flatMap((one) => one ?? []);
  const services = [...new Set(about.flatMap((one) => graph.near(one)))];
  return (await allDone(services.map((one) => openOn(org, one)))).flat();
}

/** Whether it was tried: the later of the two joins the earlier. False where one of them is not as its guard says. */
async function merge(
  incident: Incident,
  { other, evidence }: Relationship,
  recording: Recording,
  ports: Ports,
): Promise<boolean> {
  const sides = await allDone([sideOf(incident), sideOf(await loadIncident(incident.org, other.id))]);
  const [own, its] = sides;
  if (!own || !its) return false;
  const [keep, gone] = byAge(own, its);
  const decided = decideMerge(keep, gone, evidence, recording.now);
  const written = await writeMerge([keep.incident, gone.incident], decided, recording);
  if (written) await ports.sendEscalation(nextStepMessages([written[0]], recording.now));
  return true;
}

/** An open incident with its window; undefined when it has none. */
async function sideOf(incident: Incident | undefined): Promise<Side<Incident> | undefined> {
  if (!incident?.correlation || !isOpen(incident)) return undefined;
  const guard = await readGuard(incident.org, incident.correlation.hash);
  const window = windowOf(guard, incident.id);
  return window && isOpenWindow(window) ? { incident, guard, window } : undefined;
}

/** Tells both logs of what may have to do with each other. */
async function tell(
  incident: Incident,
  found: readonly (Relationship & { readonly apart: Apart | undefined })[],
  recording: Recording,
): Promise<void> {
  for (const { other, evidence, apart } of found.slice(0, MOST_TOLD)) {
    const { why, score } = evidence;
    const says = { do: 'relate', why, score, ...(apart && { apart }) } as const;
    await command(
      incident.org,
      incident.id,
      { ...says, incident: other.id, number: other.number },
      recording,
    );
    await command(
      incident.org,
      other.id,
      { ...says, incident: incident.id, number: incident.number },
      recording,
    );
  }
}
