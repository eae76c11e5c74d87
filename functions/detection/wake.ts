import { unlessMutedStill } from '../../shared/detection/index.ts';
import { type Incident, putOffBy } from '../../shared/incidents/index.ts';
import { type IncidentId, type OrganisationId, system } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { chunked } from '../aws/chunked.ts';
import { alertsOn } from '../aws/firing-alerts.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { command } from '../aws/incident-log.ts';
import { readMutedBy } from '../aws/muted-page.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import type { Ports } from './ports.ts';
import { quietsInForce } from './quiets-in-force.ts';

/** Incidents that are woken together: each may have all of its alerts read. */
const AT_ONCE = 25;

/**
 * Has the escalations go on that wait for what has ended before its time, but for those that alerts mute as before; whoever takes the
 * step looks whether something else keeps it. Which groups hold those that stay: these are to be asked after on.
 */
export async function wake(
  org: OrganisationId,
  ports: Ports,
  isBy: (heldBy: string, incident: IncidentId) => boolean | Promise<boolean>,
): Promise<ReadonlySet<string>> {
  const holding = new Set<string>();
  const now = ports.now();
  const quiets = await quietsInForce(org, ports);
  const recording = { actor: system('escalation'), now };
  const wakeOne = async (incident: Incident): Promise<readonly Incident[]> => {
    const heldBy = incident.state === 'triggered' ? incident.next?.heldBy : undefined;
    const sooner = heldBy === undefined ? undefined : putOffBy(incident, quiets, now);
    if (heldBy === undefined || !sooner || !(await isBy(heldBy, incident.id))) return [];
    const muted = heldBy.startsWith('inh_') ? await mutedNow(incident, ports) : undefined;
    const wanted = unlessMutedStill(incident, sooner, muted);
    if (wanted !== sooner) for (const group of muted?.groups.keys() ?? []) holding.add(group);
    return wanted === undefined ? [] : [(await command(org, incident.id, wanted, recording)).incident];
  };
  for (const some of chunked(await listOpen(org), { count: AT_ONCE, size: AT_ONCE, sizeOf: () => 1 })) {
    const woken = (await allDone(some.map(wakeOne))).flat();
    await ports.sendEscalation(nextStepMessages(woken, now));
  }
  return holding;
}

async function mutedNow({ org, id }: Incident, ports: Ports) {
  const { inhibitions } = await ports.rules.inForce(org);
  return inhibitions && readMutedBy((await alertsOn(org, id)) ?? [], inhibitions, ports.now());
}
