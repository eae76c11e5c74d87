import type { SettleMessage, SignalsMessage } from '../../shared/alerts/index.ts';
import {
  type AlertInBatch,
  type Decision,
  decideSignals,
  foldBatch,
  type KeyDecision,
  type Loaded,
  SETTLE_SECONDS,
  windowOf,
} from '../../shared/detection/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import { type OrganisationId, system } from '../../shared/kernel/index.ts';
import { loadForDetection } from '../aws/detection-load.ts';
import { writeHead, writeKey } from '../aws/detection-write.ts';
import { loadGuard } from '../aws/guards.ts';
import { keepSignals } from '../aws/signals.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import type { Ports } from './ports.ts';

/** How often a batch is decided anew when other workers are faster; then the queue brings it back. */
const ATTEMPTS = 12;

const actor = system('detection');

/** Turns a batch of accepted signals into incidents. Doing it again, in whole or in part, changes nothing. */
export async function detect(messages: readonly SignalsMessage[], ports: Ports): Promise<void> {
  const organisations = [...foldBatch(messages)];
  await Promise.all(
    organisations.map(async ([org, alerts]) => {
      await Promise.all([
        detectFor(org, alerts, ports),
        keepSignals(
          org,
          messages.filter((message) => message.org === org),
        ),
      ]);
    }),
  );
}

async function detectFor(org: OrganisationId, alerts: readonly AlertInBatch[], ports: Ports): Promise<void> {
  const again = new Set<string>();
  let wanted = alerts;
  for (let attempt = 0; attempt < ATTEMPTS && wanted.length > 0; attempt++) {
    const loaded = await load(org, wanted, again, ports);
    const decision = decideSignals(wanted, loaded, ports.now());
    const written = await write(org, decision, ports);
    const [stale] = await Promise.all([
      closedMeanwhile(org, decision),
      send(org, decision, written.incidents, ports),
    ]);
    for (const fingerprint of stale) again.add(fingerprint);
    const retry = new Set([...written.lost, ...stale]);
    wanted = alerts.filter(({ fingerprint }) => retry.has(fingerprint));
  }
  if (wanted.length > 0) throw new Error(`Lost ${ATTEMPTS} races over ${wanted.length} alerts`);
}

/** One load. When it shows that the rules have changed, it is repeated with those in force. */
async function load(
  org: OrganisationId,
  alerts: readonly AlertInBatch[],
  again: ReadonlySet<string>,
  { rules }: Ports,
): Promise<Loaded> {
  const known = rules.known(org);
  const first = await loadForDetection(org, alerts, known.rules, again);
  if ((first.configuration?.version ?? 0) === known.version) return first.loaded;
  const inForce = await rules.read(org, first.configuration);
  return (await loadForDetection(org, alerts, inForce.rules, again)).loaded;
}

/** Writes each key by itself. The alerts of a key that lost a race are decided again. */
async function write(org: OrganisationId, decision: Decision, ports: Ports) {
  const recording = { actor, now: ports.now() };
  const incidents: Incident[] = [];
  const lost: string[] = [];
  await Promise.all([
    ...decision.keys.map(async (key) => {
      const written = await writeKey(org, key, recording);
      incidents.push(...written.incidents);
      if (!written.committed) lost.push(...key.alerts);
    }),
    ...decision.loose.map(async (head) => {
      if (!(await writeHead(head))) lost.push(head.fingerprint);
    }),
  ]);
  return { incidents, lost };
}

/**
 * Alerts that joined an incident which was closed between the load and the write. Joining takes no part in the incident's
 * head or guard, so the guard is read once more; whoever closes it reads the alerts before, so one of the two sees the other.
 */
async function closedMeanwhile(org: OrganisationId, decision: Decision): Promise<readonly string[]> {
  const joins = decision.keys.filter((key) => !key.guard && key.changes.length > 0);
  const stale = await Promise.all(joins.map(async (key) => staleAlerts(key, await loadGuard(org, key.hash))));
  return stale.flat();
}

function staleAlerts(key: KeyDecision, guard: Awaited<ReturnType<typeof loadGuard>>): readonly string[] {
  return key.heads.flatMap(({ fingerprint, memberships }) => {
    const joined = memberships.find(({ correlation }) => correlation === key.hash);
    const window = joined && windowOf(guard, joined.incident);
    const current = window?.to === undefined && window?.generation === joined?.generation;
    return joined && !current ? [fingerprint] : [];
  });
}

async function send(
  org: OrganisationId,
  decision: Decision,
  incidents: readonly Incident[],
  ports: Ports,
): Promise<void> {
  const settles = decision.settles.map(({ incident, generation, correlation }) => {
    const body: SettleMessage = { kind: 'settle', org, incident, generation, correlation, hops: 1 };
    return { body, group: org, delaySeconds: SETTLE_SECONDS };
  });
  await Promise.all([
    settles.length > 0 ? ports.sendAlertQueue(settles) : undefined,
    ports.sendEscalation(nextStepMessages(incidents, ports.now())),
  ]);
}
