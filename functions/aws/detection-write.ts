import type { Guard, HeadChange, IncidentChange, KeyDecision } from '../../shared/detection/index.ts';
import {
  type ControlFact,
  chunkEntries,
  type Incident,
  type IncidentCommand,
  type IncidentFact,
  type LoggedFact,
  withNumber,
} from '../../shared/incidents/index.ts';
import { type IncidentId, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { alertsWrites, type Group, grouped } from './alert-rows.ts';
import { allDone } from './all-done.ts';
import { decidedBy } from './control-part.ts';
import { evolvedBy } from './evolved.ts';
import { guardWrite } from './guards.ts';
import { loadIncident } from './incident-log.ts';
import { factWrites, headWrites, logged, type Recording } from './incident-rows.ts';
import { closeNumbers, nextNumber, reserve, sequenceWrites } from './sequence.ts';
import { MAX_WRITES, table, type Write } from './table.ts';

/**
 * What became of one key's decision: `lost` when another worker was faster, `too-large` when it must be decided in smaller
 * parts. `incidents` are those whose head changed.
 */
export interface Written {
  readonly outcome: 'committed' | 'lost' | 'too-large';
  readonly incidents: readonly Incident[];
}

/** One incident's part: its head before and after, and its facts under their numbers. */
interface Part {
  readonly change: IncidentChange;
  readonly before: Incident | undefined;
  readonly after: Incident | undefined;
  readonly control: readonly LoggedFact[];
  /** By the group of alert heads that they are written with. */
  readonly chunks: readonly (readonly LoggedFact[])[];
  readonly last: number;
}

/**
 * Writes what was decided under one key. The incident and its guard are written with the first group of alerts; groups that
 * did not follow are decided again and join.
 */
export async function writeKey(
  org: OrganisationId,
  key: KeyDecision,
  recording: Recording,
): Promise<Written> {
  const groups = grouped(waitingFirst(key));
  const [, ...later] = groups;
  if (later.flat().some((change) => waits(key, change))) return { outcome: 'too-large', incidents: [] };
  const parts = await prepare(org, key, groups, recording);
  if (!parts) return { outcome: 'lost', incidents: [] };
  for (const [i, heads] of groups.entries()) {
    const chunks = parts.flatMap(({ chunks }) => chunks[i] ?? []);
    const first =
      i === 0 ? [...keyWrites(org, key), ...parts.flatMap((part) => incidentWrites(org, part))] : [];
    const writes = [...first, ...alertsWrites(heads, chunksOf(parts)), ...factWrites(chunks)];
    const isTooLarge = writes.length > MAX_WRITES;
    if (isTooLarge || !(await table.transact(writes)).committed) {
      await allDone(parts.map((part) => abandon(org, part, i, recording)));
      return { outcome: isTooLarge ? 'too-large' : 'lost', incidents: i === 0 ? [] : changed(parts) };
    }
  }
  return { outcome: 'committed', incidents: changed(parts) };
}

/** A new alert that a slot counts and no incident has yet: whoever counts it must find it, so it goes with its slot. */
const waits = ({ hash, slots }: KeyDecision, { head }: HeadChange): boolean =>
  slots.length > 0 &&
  head.version === 0 &&
  head.memberships.every((membership) => membership.correlation !== hash);

function waitingFirst(key: KeyDecision): readonly HeadChange[] {
  const waiting = key.heads.filter((change) => waits(key, change));
  return [...waiting, ...key.heads.filter((change) => !waiting.includes(change))];
}

const chunksOf = (parts: readonly Part[]): readonly LoggedFact[] =>
  parts.flatMap(({ chunks }) => chunks.flat());

const changed = (parts: readonly Part[]): readonly Incident[] => parts.flatMap(({ after }) => after ?? []);

/** Control facts of one incident together with its guard; undefined when another writer was faster. */
export async function writeControl(
  before: Incident,
  facts: readonly ControlFact[],
  guard: Guard,
  recording: Recording,
): Promise<Incident | undefined> {
  const { org, id } = before;
  const first = await reserve(org, id, facts.length);
  const numbered = facts.map((fact, i) => logged(org, id, first + i, fact, recording));
  const after = evolvedBy(before, numbered);
  const writes = [...headWrites(before, after), ...factWrites(numbered), guardWrite(org, guard)];
  if ((await table.transact(writes)).committed) return after;
  await closeNumbers(
    org,
    id,
    numbered.map(({ seq }) => seq),
    recording,
  );
  return undefined;
}

/** Loads the incidents that change, decides their facts and reserves their numbers; undefined when a decision is out of date. */
async function prepare(
  org: OrganisationId,
  key: KeyDecision,
  groups: readonly Group[],
  recording: Recording,
): Promise<readonly Part[] | undefined> {
  try {
    const known = await allDone(key.changes.map((change) => knownOf(org, change)));
    const numbers = new Map(known.map(({ id, number }) => [id, number]));
    return await allDone(
      key.changes.map((change, i) =>
        prepareOne(org, named(change, numbers), known[i], { groups, recording }),
      ),
    );
  } catch (fault) {
    const faults: readonly unknown[] = fault instanceof AggregateError ? fault.errors : [fault];
    if (faults.every((one) => one instanceof Refusal)) return undefined;
    throw fault;
  }
}

/** An incident that changes: as it is, and by which number people call it, also where it opens only now. */
interface Known {
  readonly id: IncidentId;
  readonly before?: Incident | undefined;
  readonly number?: number | undefined;
}

async function knownOf(
  org: OrganisationId,
  { incident: id, opening, commands }: IncidentChange,
): Promise<Known> {
  if (opening) return { id, number: await nextNumber(org) };
  const before = commands.length > 0 ? await loadIncident(org, id) : undefined;
  return { id, before, number: before?.number };
}

/** With the numbers of the incidents that become one, where who decided it knew only their ids. */
function named(change: IncidentChange, numbers: ReadonlyMap<IncidentId, number | undefined>): IncidentChange {
  return { ...change, commands: change.commands.map((command) => withNumber(command, numbers)) };
}

/** What one write has in common for all its incidents. */
interface Writing {
  readonly groups: readonly Group[];
  readonly recording: Recording;
}

async function prepareOne(
  org: OrganisationId,
  change: IncidentChange,
  known: Known | undefined,
  { groups, recording: by }: Writing,
): Promise<Part> {
  const { incident: id, opening } = change;
  const recording = because(change, by);
  const before = known?.before;
  const facts = decided(org, change, known, recording);
  const rest = new Set(change.entries.map(({ fingerprint }) => fingerprint));
  const chunked = groups.map((heads) => {
    const own = change.entries.filter(({ fingerprint }) =>
      heads.some(({ head }) => head.fingerprint === fingerprint),
    );
    for (const { fingerprint } of own) rest.delete(fingerprint);
    return chunkEntries(own);
  });
  const others = chunkEntries(change.entries.filter(({ fingerprint }) => rest.has(fingerprint)));
  const chunks = chunked.map((own, i) => (i === 0 ? [...own, ...others] : own));
  const count = facts.length + chunks.flat().length;
  let seq = opening || count === 0 ? 1 : await reserve(org, id, count);
  const number = <F extends IncidentFact>(fact: F) => logged(org, id, seq++, fact, recording);
  const control = facts.map(number<ControlFact>);
  const after = control.length > 0 ? evolvedBy(before, control) : undefined;
  return { change, before, after, control, chunks: chunks.map((own) => own.map(number)), last: seq - 1 };
}

const because = ({ cause }: IncidentChange, recording: Recording): Recording => ({
  ...recording,
  ...(cause && { cause }),
});

/** The control facts of a change, each command decided on what the one before it left. */
function decided(
  org: OrganisationId,
  { incident: id, opening, commands }: IncidentChange,
  { before, number = 0 }: Pick<Known, 'before' | 'number'> = {},
  recording: Recording,
): readonly ControlFact[] {
  const first: readonly IncidentCommand[] = opening
    ? [{ do: 'open', at: opening.at, data: { ...opening.data, number } }]
    : [];
  return decidedBy({ org, id, before }, [...first, ...commands], recording);
}

function keyWrites(org: OrganisationId, { guard, linked, slots, rule, hash }: KeyDecision): readonly Write[] {
  const put = slots.map(
    ({ slot, expiresAt }): Write => ({
      put: {
        ...schema.thresholdSlot.key({ org, rule, group: hash, slot: slot.slot }),
        ...slot,
        ttl: Math.ceil(expiresAt / 1_000),
      },
    }),
  );
  const guards = guard ? [guard, ...linked] : linked;
  return [...guards.map((one) => guardWrite(org, one)), ...put];
}

function incidentWrites(
  org: OrganisationId,
  { change, before, after, control, last }: Part,
): readonly Write[] {
  return [
    ...(after ? headWrites(before, after) : []),
    ...factWrites(control),
    ...(change.opening ? sequenceWrites(org, change.incident, last) : []),
  ];
}

/** Closes the numbers of what was not written: everything from group `from` on. An opening that failed left no log at all. */
async function abandon(
  org: OrganisationId,
  { change, control, chunks }: Part,
  from: number,
  recording: Recording,
): Promise<void> {
  if (from === 0 && change.opening) return;
  const unwritten = [...(from === 0 ? control : []), ...chunks.slice(from).flat()];
  await closeNumbers(
    org,
    change.incident,
    unwritten.map(({ seq }) => seq),
    because(change, recording),
  );
}
