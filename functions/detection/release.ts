import type { HolderId, Inhibition, ReleaseMessage } from '../../shared/alerts/index.ts';
import { ASKED_AT_ONCE, unsaid } from '../../shared/detection/index.ts';
import { putOffBy } from '../../shared/incidents/index.ts';
import { type Duration, MINUTE, type OrganisationId, system } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { heldPage } from '../aws/held-alerts.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { command } from '../aws/incident-log.ts';
import { readQuiet, writeDue } from '../aws/quiets.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import { detectFor } from './detect.ts';
import type { Ports } from './ports.ts';
import { quietsInForce } from './quiets-in-force.ts';

/** So long after a change nobody decides by what was before: whoever did has ended, or was ended. */
const NOBODY_BEHIND: Duration = 2 * MINUTE;

/**
 * Looks at what a silence or maintenance window holds back, some at a time: what goes on and is held back by nothing any more is
 * placed. Doing it again, or too early, changes nothing.
 */
export async function release(message: ReleaseMessage, ports: Ports): Promise<void> {
  const { org, quiet: id, askedAt, after } = message;
  if (isInhibition(id)) {
    await lookAgain(message, ports);
    return;
  }
  const found = await readQuiet(org, id, ports.now());
  if (!found) return;
  if (after === undefined && found.quiet.kind === 'maintenance') await wake(org, ports);
  if (await lookAgain(message, ports)) return;
  const { quiet, dueAt } = found;
  if (dueAt === undefined || askedAt < dueAt + NOBODY_BEHIND) return;
  await writeDue(org, quiet, quiet.to > askedAt ? quiet.to : undefined);
}

const isInhibition = (id: HolderId): id is Inhibition['id'] => id.startsWith('inh_');

/** Looks at some of what is held back; whether there is more, about which a message is on its way. */
async function lookAgain(message: ReleaseMessage, ports: Ports): Promise<boolean> {
  const { org, quiet, askedAt, after } = message;
  const page = await heldPage(org, quiet, { limit: ASKED_AT_ONCE, ...(after !== undefined && { after }) });
  const fingerprints = page.held.map(({ signal }) => signal.fingerprint);
  if (fingerprints.length > 0) await detectFor(org, unsaid(fingerprints, askedAt), ports);
  if (page.next === undefined) return false;
  await ports.sendAlertQueue([{ body: { ...message, after: page.next }, group: org }]);
  return true;
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
