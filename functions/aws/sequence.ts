import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
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
  await Promise.all(numbers.map((seq) => table.putNew(factRow(logged(org, inc, seq, fact, recording)))));
}

interface Block {
  next: number;
  end: number;
}

const blocks = new Map<OrganisationId, Block>();
const BLOCK = 10;

/** Blocks on their way. */
const filling = new Map<OrganisationId, Promise<void>>();

/** The next INC- number. A warm worker takes ten at a time, so numbers may have gaps but never repeat. */
export async function nextNumber(org: OrganisationId): Promise<number> {
  for (;;) {
    const block = blocks.get(org);
    if (block && block.next < block.end) return block.next++;
    // Incidents that open together wait for one block, instead of taking one each.
    await (filling.get(org) ?? fill(org));
  }
}

function fill(org: OrganisationId): Promise<void> {
  const filled = takeBlock(org).finally(() => filling.delete(org));
  filling.set(org, filled);
  return filled;
}

async function takeBlock(org: OrganisationId): Promise<void> {
  const end = (await table.add(schema.numberCounter.key({ org }), 'last', BLOCK)) + 1;
  blocks.set(org, { next: end - BLOCK, end });
}
