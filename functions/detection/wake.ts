import { putOffBy } from '../../shared/incidents/index.ts';
import { type IncidentId, type OrganisationId, system } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { command } from '../aws/incident-log.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import type { Ports } from './ports.ts';
import { quietsInForce } from './quiets-in-force.ts';

/** Has the escalations go on that wait for what has ended before its time; whoever takes the step looks whether something else keeps it. */
export async function wake(
  org: OrganisationId,
  ports: Ports,
  isBy: (heldBy: string, incident: IncidentId) => boolean | Promise<boolean>,
): Promise<void> {
  const now = ports.now();
  const quiets = await quietsInForce(org, ports);
  const recording = { actor: system('escalation'), now };
  const woken = await allDone(
    (await listOpen(org)).map(async (incident) => {
      const heldBy = incident.state === 'triggered' ? incident.next?.heldBy : undefined;
      const wanted = heldBy !== undefined && putOffBy(incident, quiets, now);
      if (!wanted || !(await isBy(heldBy, incident.id))) return undefined;
      return (await command(org, incident.id, wanted, recording)).incident;
    }),
  );
  const incidents = woken.flatMap((incident) => incident ?? []);
  await ports.sendEscalation(nextStepMessages(incidents, now));
}
