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

/** The next INC- number. A warm worker takes ten at a time, so numbers may have gaps but never repeat. */
export async function nextNumber(org: OrganisationId): Promise<number> {
  const block = blocks.get(org);
  if (block && block.next < block.end) return block.next++;
  const end = (await table.add(schema.numberCounter.key({ org }), 'last', BLOCK)) + 1;
  blocks.set(org, { next: end - BLOCK + 1, end });
  return end - BLOCK;
}
