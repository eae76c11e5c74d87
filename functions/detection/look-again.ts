import { isWaitingPart, type ReleaseMessage } from '../../shared/alerts/index.ts';
import { ASKED_AT_ONCE, isHeldStill, unsaid, waitingStill } from '../../shared/detection/index.ts';
import { type Instant, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { readHeads } from '../aws/alert-heads.ts';
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
  const asked = isWaitingPart(quiet)
    ? waitingStill(fingerprintsOf(await stillWaiting(org, page.rows, askedAt)), askedAt)
    : unsaid(fingerprintsOf(page.rows), askedAt);
  if (asked.length > 0) await detectFor(org, asked, ports);
  const isMore = page.next !== undefined;
  if (page.next !== undefined)
    await ports.sendAlertQueue([{ body: { ...message, after: page.next }, group: org }]);
  return { seen: page.rows, isMore };
}

const fingerprintsOf = (rows: readonly KeptHeld[]): readonly string[] =>
  rows.map(({ held }) => held.signal.fingerprint);

/** Of what was kept of alerts that wait that of those which wait still: the rest is not decided, nor removed, which would cost more than its end by itself. */
async function stillWaiting(
  org: OrganisationId,
  rows: readonly KeptHeld[],
  askedAt: Instant,
): Promise<readonly KeptHeld[]> {
  const heads = await readHeads(org, fingerprintsOf(rows));
  return rows.filter(({ held, ttl }) => {
    const head = heads.get(held.signal.fingerprint);
    return head !== undefined && ttl * SECOND > askedAt && isHeldStill(held, head);
  });
}
