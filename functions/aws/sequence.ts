import {
  type Duration,
  type IncidentId,
  type Instant,
  type OrganisationId,
  SECOND,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { clock } from './clock.ts';
import { factRow, logged, type Recording } from './incident-rows.ts';
import { table, type Write } from './table.ts';

/** Facts that an incident opens with as a rule, one alert of its own among them. Whoever opens it with others says so in its sequence. */
const USUAL_OPENING = 2;

/** `last` is the number of the last fact that the incident was opened with; `more` are the numbers that were reserved since. */
interface SequenceRow {
  readonly last?: number;
  readonly more?: number;
}

const lastOf = ({ last = USUAL_OPENING, more = 0 }: SequenceRow): number => last + more;

/** What goes with the opening of an incident, whose last fact has this number: nothing as a rule, which saves most incidents a write. */
export const sequenceWrites = (org: OrganisationId, inc: IncidentId, last: number): readonly Write[] =>
  last === USUAL_OPENING ? [] : [{ put: { ...schema.sequence.key({ org, inc }), last }, ifNew: true }];

/** Reserves numbers in an incident's one order and returns the first. No writer waits for another. */
export async function reserve(org: OrganisationId, inc: IncidentId, count: number): Promise<number> {
  const row = await table.update<SequenceRow>(schema.sequence.key({ org, inc }), { add: { more: count } });
  if (!row) throw new Error(`No numbers could be reserved in ${inc}`);
  return lastOf(row) - count + 1;
}

/** The last number that was reserved in an incident: its fact may still be on the way. */
export async function lastNumber(org: OrganisationId, inc: IncidentId): Promise<number> {
  return lastOf((await table.get<SequenceRow>(schema.sequence.key({ org, inc }))) ?? {});
}

/** Closes numbers that were reserved and will not be written. One that was written meanwhile stays as it is. */
export async function closeNumbers(
  org: OrganisationId,
  inc: IncidentId,
  numbers: readonly number[],
  recording: Recording,
): Promise<void> {
  const fact = { type: 'void', occurredAt: recording.now, data: {} } as const;
  await allDone(numbers.map((seq) => table.putNew(factRow(logged(org, inc, seq, fact, recording)))));
}

interface Block {
  next: number;
  end: number;
}

/** What is left of the blocks that this environment took, by organisation. */
const blocks = new Map<OrganisationId, readonly Block[]>();
const BLOCK = 10;

interface Filling {
  readonly since: Instant;
  /** How many numbers are waited for; known in full a moment after the first asked. */
  wanted: number;
  readonly filled: Promise<void>;
}

/** Blocks on their way. */
const filling = new Map<OrganisationId, Filling>();

/** A block that is on its way for longer may have been asked for before the environment stood still: nobody waits for that one. */
const LONGEST_WAIT: Duration = SECOND;

/** The next INC- number. A warm worker takes ten at a time, or as many as it needs, so numbers may have gaps but never repeat. */
export async function nextNumber(org: OrganisationId): Promise<number> {
  for (;;) {
    const block = left(org)[0];
    if (block) return block.next++;
    // Incidents that open together wait for one block, instead of taking one each.
    const other = filling.get(org);
    if (other !== undefined && clock.now() - other.since <= LONGEST_WAIT) {
      other.wanted += 1;
      await other.filled;
    } else await fill(org);
  }
}

/** Takes a block before it is needed, unless as many numbers are left as were just used: so that nobody waits for one again. */
export async function keepNumbers(org: OrganisationId, used: number): Promise<void> {
  const count = left(org).reduce((all, { next, end }) => all + end - next, 0);
  if (used > 0 && count < used) await fill(org);
}

const left = (org: OrganisationId): readonly Block[] =>
  (blocks.get(org) ?? []).filter(({ next, end }) => next < end);

function fill(org: OrganisationId): Promise<void> {
  const own = { since: clock.now(), wanted: 1, filled: Promise.resolve() };
  own.filled = takeBlock(org, own).finally(() => {
    if (filling.get(org) === own) filling.delete(org);
  });
  filling.set(org, own);
  return own.filled;
}

async function takeBlock(org: OrganisationId, asked: Pick<Filling, 'wanted'>): Promise<void> {
  // Who opens incidents together asks in one turn of the event loop.
  await Promise.resolve();
  const size = Math.max(BLOCK, asked.wanted);
  const end = (await table.add(schema.numberCounter.key({ org }), 'last', size)) + 1;
  blocks.set(org, [...left(org), { next: end - size, end }]);
}
