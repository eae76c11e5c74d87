import { type Incident, putOffBy } from '../../shared/incidents/index.ts';
import { type IncidentId, type OrganisationId, system } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { chunked } from '../aws/chunked.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { command } from '../aws/incident-log.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import type { Ports } from './ports.ts';
import { quietsInForce } from './quiets-in-force.ts';

/** Incidents that are woken together: each may have all of its alerts read. */
const AT_ONCE = 25;

/** Has the escalations go on that wait for what has ended before its time; whoever takes the step looks whether something else keeps it. */
export async function wake(
  org: OrganisationId,
  ports: Ports,
  isBy: (heldBy: string, incident: IncidentId) => boolean | Promise<boolean>,
): Promise<void> {
  const now = ports.now();
  const quiets = await quietsInForce(org, ports);
  const recording = { actor: system('escalation'), now };
  const wakeOne = async (incident: Incident): Promise<readonly Incident[]> => {
    const heldBy = incident.state === 'triggered' ? incident.next?.heldBy : undefined;
    const wanted = heldBy !== undefined && putOffBy(incident, quiets, now);
    if (!wanted || !(await isBy(heldBy, incident.id))) return [];
    return [(await command(org, incident.id, wanted, recording)).incident];
  };
  for (const some of chunked(await listOpen(org), { count: AT_ONCE, size: AT_ONCE, sizeOf: () => 1 })) {
    const woken = (await allDone(some.map(wakeOne))).flat();
    await ports.sendEscalation(nextStepMessages(woken, now));
  }
}
