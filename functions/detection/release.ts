import { isInhibition, isWaitingPart, type ReleaseMessage } from '../../shared/alerts/index.ts';
import { NOBODY_BEHIND } from '../../shared/detection/index.ts';
import { readQuiet, writeDue } from '../aws/quiets.ts';
import { lookAgain } from './look-again.ts';
import type { Ports } from './ports.ts';
import { releaseMuted } from './release-muted.ts';
import { wake } from './wake.ts';

/**
 * Looks at what a silence or maintenance window holds back, or what waits for a threshold, some at a time: what goes on and is held back by nothing any more is
 * placed. Doing it again, or too early, changes nothing.
 */
export async function release(message: ReleaseMessage, ports: Ports): Promise<void> {
  const { org, quiet: id, askedAt, after } = message;
  if (isInhibition(id)) return releaseMuted({ ...message, quiet: id }, ports);
  // Asked once rules have changed, and once more when nobody decides by those before. What was kept ends by itself.
  if (isWaitingPart(id)) {
    await lookAgain(message, ports);
    return;
  }
  const found = await readQuiet(org, id, ports.now());
  if (!found) return;
  if (after === undefined && found.quiet.kind === 'maintenance')
    await wake(org, ports, (heldBy) => !heldBy.startsWith('inh_'));
  if ((await lookAgain(message, ports)).isMore) return;
  const { quiet, dueAt } = found;
  if (dueAt === undefined || askedAt < dueAt + NOBODY_BEHIND) return;
  await writeDue(org, quiet, quiet.to > askedAt ? quiet.to : undefined);
}
