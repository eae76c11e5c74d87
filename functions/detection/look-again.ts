import { isWaitingPart, type ReleaseMessage } from '../../shared/alerts/index.ts';
import { ASKED_AT_ONCE, unsaid, waitingStill } from '../../shared/detection/index.ts';
import { heldPage, type KeptHeld } from '../aws/held-alerts.ts';
import { detectFor } from './detect.ts';
import type { Ports } from './ports.ts';

/** Looks at some of what is held back or waits: which that was, and whether there is more, about which a message is on its way. */
export async function lookAgain(
  message: ReleaseMessage,
  ports: Ports,
): Promise<{ readonly seen: readonly KeptHeld[]; readonly isMore: boolean }> {
  const { org, quiet, askedAt, after } = message;
  const page = await heldPage(org, quiet, { limit: ASKED_AT_ONCE, ...(after !== undefined && { after }) });
  const fingerprints = page.held.map(({ signal }) => signal.fingerprint);
  const asked = (isWaitingPart(quiet) ? waitingStill : unsaid)(fingerprints, askedAt);
  if (asked.length > 0) await detectFor(org, asked, ports);
  const isMore = page.next !== undefined;
  if (page.next !== undefined)
    await ports.sendAlertQueue([{ body: { ...message, after: page.next }, group: org }]);
  return { seen: page.rows, isMore };
}
