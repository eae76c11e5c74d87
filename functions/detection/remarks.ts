import type { Remark } from '../../shared/alerts/index.ts';
import type { AlertHead } from '../../shared/detection/index.ts';
import type { Incident, RoomFact } from '../../shared/incidents/index.ts';
import {
  digest,
  fromOutside,
  type IncidentId,
  type Instant,
  type OrganisationId,
} from '../../shared/kernel/index.ts';
import { alertKey } from '../aws/alert-key.ts';
import { allDone } from '../aws/all-done.ts';
import { loadIncident } from '../aws/incident-log.ts';
import { recordRoom } from '../aws/room-log.ts';
import { table } from '../aws/table.ts';
import { log } from '../edge/log.ts';
import { NotNow } from '../edge/queue.ts';
import type { QueuedAside } from './asides.ts';

/**
 * How often a remark is received while its alert is in no incident: with 1, 2, 4 … 32 s between, about a minute, however long it
 * waited before. A note may overtake its trigger; most that come later are about alerts from before the source was set up.
 */
const RECEIVES = 7;

/** Puts each remark into the log of the incident that its alert is in now, as a note of the integration. */
export async function keepRemarks(message: QueuedAside, now: Instant): Promise<void> {
  const { org, receipt, integration, receives } = message;
  const kept = await allDone(message.remarks.map((remark, place) => keepRemark(message, remark, place, now)));
  const missing = kept.filter((isKept) => !isKept).length;
  if (missing === 0) return;
  if (receives < RECEIVES)
    throw new NotNow(`${missing} remarks are about alerts that are in no incident yet`);
  log.warn('remark without an alert', { org, integration, receipt, remarks: missing });
}

/** Whether there was a log to put it into. */
async function keepRemark(
  { org, integration, product, receipt }: QueuedAside,
  { fingerprint, at, by, text }: Remark,
  place: number,
  now: Instant,
): Promise<boolean> {
  const incident = await incidentOf(org, fingerprint);
  if (incident === undefined) return false;
  const data = { text, ...(by !== undefined && { by }) };
  const noted: RoomFact = { type: 'incident.noted', occurredAt: at, data };
  await recordRoom(org, incident, noted, {
    actor: { kind: 'machine', id: integration, name: product },
    now,
    cause: fromOutside(receipt),
    clientMessageId: digest('remark', receipt, String(place)),
  });
  return true;
}

/** The incident that an alert came into last, or the one that this was merged into; none that was deleted. */
async function incidentOf(org: OrganisationId, fingerprint: string): Promise<IncidentId | undefined> {
  const head = await table.get<Pick<AlertHead, 'memberships'>>(alertKey(org, fingerprint));
  for (const { incident } of head?.memberships ?? []) {
    const kept = await lastOf(org, incident);
    if (kept !== undefined && kept.deletedAt === undefined) return kept.id;
  }
  return undefined;
}

/** An incident, or the one at the end of its merges. */
async function lastOf(org: OrganisationId, id: IncidentId): Promise<Incident | undefined> {
  const incident = await loadIncident(org, id);
  const into = incident?.state === 'resolved' ? incident.mergedInto : undefined;
  return into === undefined ? incident : lastOf(org, into);
}
