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
import { table } from './table.ts';

/** Reserves numbers in an incident's one order and returns the first. No writer waits for another. */
export async function reserve(org: OrganisationId, inc: IncidentId, count: number): Promise<number> {
  return (await table.add(schema.sequence.key({ org, inc }), 'last', count)) - count + 1;
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

const blocks = new Map<OrganisationId, Block>();
const BLOCK = 10;

interface Filling {
  readonly since: Instant;
  readonly filled: Promise<void>;
}

/** Blocks on their way. */
const filling = new Map<OrganisationId, Filling>();

/** A block that is on its way for longer may have been asked for before the environment stood still: nobody waits for that one. */
const LONGEST_WAIT: Duration = SECOND;

/** The next INC- number. A warm worker takes ten at a time, so numbers may have gaps but never repeat. */
export async function nextNumber(org: OrganisationId): Promise<number> {
  for (;;) {
    const block = blocks.get(org);
    if (block && block.next < block.end) return block.next++;
    // Incidents that open together wait for one block, instead of taking one each.
    const other = filling.get(org);
    const isFresh = other !== undefined && clock.now() - other.since <= LONGEST_WAIT;
    await (isFresh ? other.filled : fill(org));
  }
}

function fill(org: OrganisationId): Promise<void> {
  const filled = takeBlock(org).finally(() => {
    if (filling.get(org) === own) filling.delete(org);
  });
  const own: Filling = { since: clock.now(), filled };
  filling.set(org, own);
  return filled;
}

async function takeBlock(org: OrganisationId): Promise<void> {
  const end = (await table.add(schema.numberCounter.key({ org }), 'last', BLOCK)) + 1;
  blocks.set(org, { next: end - BLOCK, end });
}
