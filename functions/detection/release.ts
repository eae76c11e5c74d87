import { isInhibition, type ReleaseMessage } from '../../shared/alerts/index.ts';
import { putOffBy } from '../../shared/incidents/index.ts';
import { type OrganisationId, system } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { command } from '../aws/incident-log.ts';
import { readQuiet, writeDue } from '../aws/quiets.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import { lookAgain, NOBODY_BEHIND } from './look-again.ts';
import type { Ports } from './ports.ts';
import { quietsInForce } from './quiets-in-force.ts';
import { releaseMuted } from './release-muted.ts';

/**
 * Looks at what a silence or maintenance window holds back, some at a time: what goes on and is held back by nothing any more is
 * placed. Doing it again, or too early, changes nothing.
 */
export async function release(message: ReleaseMessage, ports: Ports): Promise<void> {
  const { org, quiet: id, askedAt, after } = message;
  if (isInhibition(id)) return releaseMuted(message, ports);
  const found = await readQuiet(org, id, ports.now());
  if (!found) return;
  if (after === undefined && found.quiet.kind === 'maintenance') await wake(org, ports);
  if ((await lookAgain(message, ports)).isMore) return;
  const { quiet, dueAt } = found;
  if (dueAt === undefined || askedAt < dueAt + NOBODY_BEHIND) return;
  await writeDue(org, quiet, quiet.to > askedAt ? quiet.to : undefined);
}

/** Has the escalations go on that wait for maintenance which ended before its time. */
async function wake(org: OrganisationId, ports: Ports): Promise<void> {
  const now = ports.now();
  const quiets = await quietsInForce(org, ports);
  const waiting = (await listOpen(org)).filter((one) => one.state === 'triggered' && one.next?.heldBy);
  const recording = { actor: system('escalation'), now };
  const woken = await allDone(
    waiting.map(async (incident) => {
      const wanted = putOffBy(incident, quiets, now);
      return wanted && (await command(org, incident.id, wanted, recording)).incident;
    }),
  );
  const incidents = woken.flatMap((incident) => incident ?? []);
  await ports.sendEscalation(nextStepMessages(incidents, now));
}
