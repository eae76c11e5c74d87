import { type Guard, guardAfter, untold } from '../../shared/detection/index.ts';
import {
  awaitsFirstPage,
  type ControlFact,
  decideIncident,
  holesToClose,
  type Incident,
  type IncidentCommand,
  isOpen,
  type LoggedFact,
  type Opened,
  withoutGap,
} from '../../shared/incidents/index.ts';
import {
  type IncidentId,
  type Instant,
  idOf,
  type OrganisationId,
  Refusal,
  system,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { evolved, evolvedBy } from './evolved.ts';
import { guardWrite, loadGuard } from './guards.ts';
import { factWrites, headWrites, logged, type Recording, stored } from './incident-rows.ts';
import { closeNumbers, lastNumber, nextNumber, reserve, sequenceWrites } from './sequence.ts';
import { table, type Write } from './table.ts';

/** What was recorded: the incident as it is then, and the new facts; none when there was nothing to do. */
export interface Outcome {
  readonly incident: Incident;
  readonly facts: readonly LoggedFact[];
}

export interface CommandOptions extends Recording {
  /** The incident as it was just loaded, to be decided on without reading it again unless another writer was faster. */
  readonly loaded?: Incident;
  /** Refuses with `precondition` when the incident is at another version. */
  readonly expectedVersion?: number;
  /** The last fact that the person had read: their word is not about an alert that the log tells of later. */
  readonly seen?: number;
  /** Further writes of the same transaction, such as delivery intents. */
  readonly also?: (incident: Incident, facts: readonly LoggedFact[]) => readonly Write[];
}

/** How often a decision is made anew after another writer was faster. */
const ATTEMPTS = 8;

/** The incident's head, read consistently. */
export async function loadIncident(org: OrganisationId, id: IncidentId): Promise<Incident | undefined> {
  const row = await table.get(schema.incidentHead.key({ org, inc: id }));
  return row && stored<Incident>(row);
}

/** Load, decide, record in one guarded transaction; whoever loses a race loads and decides again. */
export async function command(
  org: OrganisationId,
  id: IncidentId,
  wanted: IncidentCommand,
  options: CommandOptions,
): Promise<Outcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = (attempt === 0 ? options.loaded : undefined) ?? (await loadIncident(org, id));
    if (!before) throw new Refusal('not_found', `There is no incident '${id}'.`, 'path.id');
    if (options.expectedVersion !== undefined && options.expectedVersion !== before.version) {
      throw new Refusal(
        'precondition',
        `The incident is at version ${before.version}, not ${options.expectedVersion}; read it again, then repeat the change.`,
        'version',
      );
    }
    const facts = decideIncident(before, wanted, options.now);
    if (facts.length === 0) return { incident: before, facts: [] };
    const outcome = await record(before, facts, options);
    if (outcome) return outcome;
  }
  throw new Refusal('unavailable', 'Too many people changed this incident at once; try again.');
}

/** Writes decided control facts; undefined when another writer was faster. */
async function record(
  before: Incident,
  facts: readonly ControlFact[],
  options: CommandOptions,
): Promise<Outcome | undefined> {
  const { org, id } = before;
  const draft = evolved(before, facts, org, id, options);
  // Before a number is reserved: a reopening may be refused here.
  const closing = opensOrCloses(before, draft) && (await guardFor(draft, before, options));
  const first = await reserve(org, id, facts.length);
  const numbered = facts.map((fact, i) => logged(org, id, first + i, fact, options));
  const incident = evolvedBy(before, numbered);
  const { committed } = await table.transact([
    ...headWrites(before, incident),
    ...factWrites(numbered),
    ...(closing ? [guardWrite(org, closing)] : []),
    ...(options.also?.(incident, numbered) ?? []),
  ]);
  if (committed) return { incident, facts: numbered };
  await closeNumbers(
    org,
    id,
    numbered.map(({ seq }) => seq),
    options,
  );
  return undefined;
}

/** The guard as it is to be written with what a person did; undefined when it stays. */
async function guardFor(
  incident: Incident,
  before: Incident,
  { seen, now }: CommandOptions,
): Promise<Guard | undefined> {
  const { org, id, correlation } = incident;
  const guard = correlation && guardAfter(await loadGuard(org, correlation.hash, id, seen), incident, now);
  return guard && awaitsFirstPage(before) ? untold(guard, id) : guard;
}

/** Only then the window of its correlation key changes. */
const opensOrCloses = (before: Incident, after: Incident): boolean =>
  isOpen(before) !== isOpen(after) || before.deletedAt !== after.deletedAt;

/** What a declared incident's id is made of: the same in every repetition of one request. */
export interface Declaration extends Recording {
  readonly seed: string;
  readonly at: Instant;
}

/** Opens an incident that a person declares. A repetition of the same request finds the one that it made before. */
export async function declare(
  org: OrganisationId,
  data: Omit<Opened['data'], 'number'>,
  declaration: Declaration,
): Promise<Outcome> {
  const id = idOf('incident', declaration.at, org, declaration.seed);
  const number = await nextNumber(org);
  const facts: readonly ControlFact[] = [
    { type: 'incident.opened', occurredAt: declaration.at, data: { ...data, number } },
  ];
  const numbered = facts.map((fact, i) => logged(org, id, i + 1, fact, declaration));
  const incident = evolvedBy(undefined, numbered);
  const { committed } = await table.transact([
    ...headWrites(undefined, incident),
    ...factWrites(numbered),
    ...sequenceWrites(org, id, numbered.length),
  ]);
  if (committed) return { incident, facts: numbered };
  const before = await loadIncident(org, id);
  if (!before) throw new Error(`The new incident ${id} could not be written`);
  return { incident: before, facts: [] };
}

/** Which part of a log to read. */
export interface Reading {
  readonly after?: number;
  readonly limit: number;
  readonly now: Instant;
}

/**
 * Facts after a number, in order and without a gap: a number whose writer is still at work ends the answer. Numbers that were
 * reserved long ago and never written are closed on the way.
 */
export async function readFacts(
  org: OrganisationId,
  id: IncidentId,
  { after = 0, limit, now }: Reading,
): Promise<{ readonly facts: readonly LoggedFact[]; readonly last: number }> {
  const read = () =>
    table.query({
      partition: schema.fact.partition({ org, inc: id }),
      from: schema.fact.sort({ seq: after + 1 }),
      to: schema.fact.sort({ seq: 999_999_999_999 }),
      limit,
    });
  const facts = (await read()).items.map((row) => stored<LoggedFact>(row));
  const holes = holesToClose(facts, now, after);
  if (holes.length > 0) await closeNumbers(org, id, holes, { actor: system('hole-closer'), now });
  const known = holes.length > 0 ? (await read()).items.map((row) => stored<LoggedFact>(row)) : facts;
  const whole = withoutGap(known, after);
  return { facts: whole, last: whole.at(-1)?.seq ?? after };
}

/** The latest facts of a log, in order and without a gap among them; `last` is the number of the last one. */
export async function lastFacts(
  org: OrganisationId,
  id: IncidentId,
  { limit, now }: Reading,
): Promise<{ readonly facts: readonly LoggedFact[]; readonly last: number }> {
  const after = Math.max(0, (await lastNumber(org, id)) - limit);
  return readFacts(org, id, { after, limit: limit + 1, now });
}
