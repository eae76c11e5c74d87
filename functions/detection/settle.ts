import type { SettleMessage } from '../../shared/alerts/index.ts';
import {
  type AlertHead,
  decideSettle,
  type Guard,
  type Settled,
  windowOf,
} from '../../shared/detection/index.ts';
import { decideIncident, type LoggedFact } from '../../shared/incidents/index.ts';
import { type IncidentId, type OrganisationId, system } from '../../shared/kernel/index.ts';
import { alertKey } from '../aws/detection-load.ts';
import { writeControl } from '../aws/detection-write.ts';
import { guardWrite, loadGuard } from '../aws/guards.ts';
import { loadIncident, readFacts } from '../aws/incident-log.ts';
import { stored } from '../aws/incident-rows.ts';
import { table } from '../aws/table.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import type { Ports } from './ports.ts';

const ATTEMPTS = 8;
const PAGE = 1_000;

/**
 * Ends an incident when all its alerts are over, and looks again after the write: an alert that joined meanwhile is seen here,
 * or has seen the closed guard itself.
 */
export async function settle(message: SettleMessage, ports: Ports): Promise<void> {
  const { org, generation, correlation } = message;
  const asked = { incident: message.incident as IncidentId, generation, correlation };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const guard = await loadGuard(org, asked.correlation);
    const members = await membersOf(org, guard, asked.incident, ports);
    const settled = decideSettle(guard, asked, members, ports.now());
    if (!settled) return;
    await write(org, settled, ports);
  }
  throw new Error(`Lost ${ATTEMPTS} races over settling ${asked.incident}`);
}

/** Writes unless another writer was faster; an incident that opens again is escalated. */
async function write(
  org: OrganisationId,
  { incident, command, guard }: Settled,
  ports: Ports,
): Promise<void> {
  const now = ports.now();
  const before = command && (await loadIncident(org, incident));
  const facts = before ? decideIncident(before, command, now) : [];
  if (!before || facts.length === 0) {
    await table.transact([guardWrite(org, guard)]);
    return;
  }
  const after = await writeControl(before, facts, guard, { actor: system('detection'), now });
  if (after) await ports.sendEscalation(nextStepMessages([after], now));
}

/** The heads of all alerts that ever joined the incident or one that was merged into it. */
async function membersOf(
  org: OrganisationId,
  guard: Guard,
  incident: IncidentId,
  ports: Ports,
): Promise<readonly AlertHead[]> {
  const window = windowOf(guard, incident);
  if (!window) return [];
  const logs = await Promise.all(
    [window.incident, ...window.merged].map((id) => fingerprintsOf(org, id, ports)),
  );
  const rows = await table.load([...new Set(logs.flat())].map((fingerprint) => alertKey(org, fingerprint)));
  return rows.flatMap((row) => (row ? [stored<AlertHead>(row)] : []));
}

async function fingerprintsOf(org: OrganisationId, id: IncidentId, ports: Ports): Promise<readonly string[]> {
  const found = new Set<string>();
  let after = 0;
  for (;;) {
    const { facts, last } = await readFacts(org, id, {
      after,
      limit: PAGE,
      now: ports.now(),
      throughGaps: true,
    });
    for (const fingerprint of facts.flatMap(fingerprintsIn)) found.add(fingerprint);
    if (facts.length < PAGE) return [...found];
    after = last;
  }
}

function fingerprintsIn(fact: LoggedFact): readonly string[] {
  return fact.type === 'alerts.changed' ? fact.data.entries.map(({ fingerprint }) => fingerprint) : [];
}
