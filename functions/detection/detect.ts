import type { LapseMessage, ReleaseMessage, SettleMessage } from '../../shared/alerts/index.ts';
import {
  type AlertInBatch,
  DECIDED_AT_ONCE,
  type Decision,
  decideSignals,
  defaultDetectionSettings,
  foldBatch,
  type Guard,
  type KeyDecision,
  LINGER,
  type Loaded,
  MAX_EVENTS,
  type QueuedSignals,
  SETTLE_SECONDS,
  sliced,
  unhurried,
  unsaid,
  windowOf,
} from '../../shared/detection/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import { type OrganisationId, SECOND, system } from '../../shared/kernel/index.ts';
import { grouped, writeHead } from '../aws/alert-rows.ts';
import { allDone } from '../aws/all-done.ts';
import { type DetectionLoad, loadForDetection } from '../aws/detection-load.ts';
import { writeKey } from '../aws/detection-write.ts';
import { readGuard } from '../aws/guards.ts';
import { keepHeld } from '../aws/held-alerts.ts';
import { countFew, countMany } from '../aws/opening-counts.ts';
import { keepNumbers } from '../aws/sequence.ts';
import { keepSignals } from '../aws/signals.ts';
import { nextStepMessages } from '../incidents/escalation.ts';
import { keep } from './keep.ts';
import type { Ports } from './ports.ts';
import { awaitedOf, putOff } from './put-off.ts';
import { takenFirst } from './taken.ts';

/** Firings that are decided together where the writes of more would not fit into one transaction. */
const FEW = 8;

/**
 * How often a batch is decided anew when other workers are faster; then the queue brings it back. Where all of them hear the same
 * alert fire, each after another, its head is full of times by then, and they write it no more.
 */
const ATTEMPTS = MAX_EVENTS + 2;

const actor = system('detection');

/** Turns a batch of accepted signals into incidents. Doing it again, in whole or in part, changes nothing. */
export async function detect(received: readonly QueuedSignals[], ports: Ports): Promise<void> {
  const messages = await takenFirst(received, ports.now());
  const organisations = [...foldBatch(messages)];
  await allDone(
    organisations.map(async ([org, alerts]) => {
      const own = messages.filter((message) => message.org === org && !message.isPutOff);
      const loaded = Promise.withResolvers<void>();
      const deciding = inTurn(sliced(alerts, DECIDED_AT_ONCE), (part) =>
        detectFor(org, part, ports, loaded.resolve),
      );
      await allDone([deciding.finally(loaded.resolve), keepFor(org, own, ports, loaded.promise)]);
    }),
  );
}

/** Decides whether these alerts have ended by themselves. Doing it again, or too early, changes nothing. */
export async function lapse({ org, fingerprints, askedAt }: LapseMessage, ports: Ports): Promise<void> {
  await detectFor(org, unsaid(fingerprints, askedAt ?? ports.now()), ports);
}

/** Keeps signals beside what is decided; once more where the first load tells that they are to be kept for another time than usual. */
async function keepFor(
  org: OrganisationId,
  messages: readonly QueuedSignals[],
  ports: Ports,
  loaded: Promise<void>,
): Promise<void> {
  const days = () => ports.rules.known(org).signalDays ?? defaultDetectionSettings.signalDays;
  const assumed = days();
  await keep(org, messages, ports, assumed);
  await loaded;
  if (days() !== assumed) await keepSignals(org, messages, days());
}

/** One part after another: two at once would only race for the same guards. */
async function inTurn<Part>(parts: readonly Part[], work: (part: Part) => Promise<void>): Promise<void> {
  for (const part of parts) await work(part);
}

/** Decides on these alerts and writes what was decided, again while other workers are faster. */
export async function detectFor(
  org: OrganisationId,
  alerts: readonly AlertInBatch[],
  ports: Ports,
  onLoaded = (): void => undefined,
): Promise<void> {
  const large = new Set<string>();
  let wanted = alerts;
  let isWhole = false;
  for (let attempt = 0; attempt < ATTEMPTS && wanted.length > 0; attempt++) {
    const loaded = await load(org, wanted, ports, isWhole);
    onLoaded();
    const { due, later } = unhurried(wanted, loaded, awaitedOf(org));
    const decision = decideSignals(due, loaded, ports.now());
    // Others opened so many meanwhile that this may belong into their storm.
    if (!(await countMany(org, decision.openings))) continue;
    const written = await write(org, decision, ports);
    const [stale] = await allDone([
      closedMeanwhile(org, written.keys),
      send(org, decision, written.incidents, ports),
      putOff(org, later, ports),
      keepNumbers(
        org,
        written.keys.flatMap(({ changes }) => changes).filter(({ opening }) => opening).length,
      ),
    ]);
    if (written.faults.length > 0) throw new AggregateError(written.faults, 'Some keys could not be written');
    for (const fingerprint of written.large) large.add(fingerprint);
    const retry = new Set([...written.lost, ...stale, ...decision.later]);
    wanted = alerts.filter(({ fingerprint }) => retry.has(fingerprint));
    isWhole ||= decision.later.length > 0;
  }
  if (wanted.length > 0) throw new Error(`Lost ${ATTEMPTS} races over ${wanted.length} alerts`);
  await detectFew(
    org,
    alerts.filter(({ fingerprint }) => large.has(fingerprint)),
    ports,
  );
}

/** Decides in small parts what was too much for one transaction; in the end each firing by itself. */
async function detectFew(org: OrganisationId, alerts: readonly AlertInBatch[], ports: Ports): Promise<void> {
  const few = sliced(alerts, FEW);
  const parts = few.length > 1 ? few : sliced(alerts, 1);
  const isSmall = alerts.length > 0 && parts.length === 1;
  if (isSmall) throw new Error('A decision on one firing does not fit into one transaction');
  await inTurn(parts, (part) => detectFor(org, part, ports));
}

/**
 * One load. When it shows that the rules have changed, it is repeated with those in force. All that counts is read where something
 * counts at another time than it seemed to.
 */
async function load(
  org: OrganisationId,
  alerts: readonly AlertInBatch[],
  ports: Ports,
  isWhole: boolean,
): Promise<Loaded> {
  const known = ports.rules.known(org);
  const first = await loadForDetection(org, alerts, known, isWhole);
  if ((first.configuration?.version ?? 0) === known.version) return withQuiets(org, first, ports);
  const inForce = await ports.rules.read(org, first.configuration);
  return withQuiets(org, await loadForDetection(org, alerts, inForce, isWhole), ports);
}

/** What keeps alerts quiet changes nothing of what is loaded, so it is read beside it, if this process does not know it. */
async function withQuiets(
  org: OrganisationId,
  { loaded, quiet }: DetectionLoad,
  ports: Ports,
): Promise<Loaded> {
  const known = ports.quiets.known(org);
  const { quiets } =
    known.version === (quiet?.version ?? 0) ? known : await ports.quiets.read(org, quiet, ports.now());
  const { flapping } = ports.rules.known(org);
  return { ...loaded, quiets, ...(flapping && { flapping }) };
}

/** Writes each key by itself; one that cannot be written keeps nobody from being told of the others. */
async function write(org: OrganisationId, decision: Decision, ports: Ports) {
  const recording = { actor, now: ports.now() };
  await keepHeld(org, decision.held, recording.now);
  const incidents: Incident[] = [];
  const keys: KeyDecision[] = [];
  const again = { lost: [] as string[], large: [] as string[] };
  const done = await Promise.allSettled([
    countFew(org, decision.openings),
    ...decision.keys.map(async (key) => {
      const written = await writeKey(org, key, recording);
      incidents.push(...written.incidents);
      if (written.outcome === 'committed') keys.push(key);
      else again[written.outcome === 'lost' ? 'lost' : 'large'].push(...toldWith(key));
    }),
    ...decision.loose.map(async (change) => {
      if (!(await writeHead(change))) again.lost.push(change.head.fingerprint);
    }),
  ]);
  const faults = done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  return { keys, incidents, ...again, faults };
}

/** The alerts of the batch that a key was to write: those that came under it, and those that waited for it and heard more. */
const toldWith = ({ alerts, heads }: KeyDecision): readonly string[] => [
  ...alerts,
  ...heads.map(({ head }) => head.fingerprint),
];

/**
 * Alerts that joined an incident which was closed between the load and the write. Joining takes no part in the incident's
 * head or guard, so the guard is read once more; whoever closes it reads the alerts before, so one of the two sees the other.
 */
async function closedMeanwhile(
  org: OrganisationId,
  keys: readonly KeyDecision[],
): Promise<readonly string[]> {
  const joins = keys.filter(joinsLater);
  const stale = await allDone(joins.map(async (key) => staleAlerts(key, await readGuard(org, key.hash))));
  return stale.flat();
}

/** Whether some of its alerts were written without the guard: all of them, or those after the first group. */
const joinsLater = ({ guard, changes, heads }: KeyDecision): boolean =>
  changes.length > 0 && (!guard || grouped(heads).length > 1);

function staleAlerts(key: KeyDecision, guard: Guard): readonly string[] {
  return key.heads.flatMap(({ head: { fingerprint, memberships } }) => {
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
  const settles = decision.settles.map((settle) => {
    const body: SettleMessage = { kind: 'settle', org, ...settle };
    return { body, group: org, delaySeconds: SETTLE_SECONDS };
  });
  const releases = decision.releases.map((quiet) => {
    const askedAt = ports.now() + LINGER;
    const body: ReleaseMessage = { kind: 'release', org, quiet, askedAt };
    return { body, group: org, delaySeconds: Math.ceil(LINGER / SECOND) + 1 };
  });
  const messages = [...settles, ...releases];
  await allDone([
    messages.length > 0 ? ports.sendAlertQueue(messages) : undefined,
    ports.sendEscalation(nextStepMessages(incidents, ports.now())),
  ]);
}
