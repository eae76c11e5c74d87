import type { Match, Slot } from '../../shared/detection/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from './incident-rows.ts';
import { table } from './table.ts';

/** What counts for the threshold of a group. */
export async function readSlots(org: OrganisationId, { rule, hash }: Match): Promise<readonly Slot[]> {
  const { items } = await table.query({
    partition: schema.thresholdSlot.partition({ org, rule: rule.id, group: hash }),
  });
  return items.map((row) => stored<Slot>(row));
}
