import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import type { Delivery } from '../../shared/on-call/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from './incident-rows.ts';
import { table } from './table.ts';

/** The pages of one incident whose names begin like this: all of them, those of earlier generations included, when left out. */
export async function deliveriesOf(
  org: OrganisationId,
  inc: IncidentId,
  prefix = schema.deliveryIntent.sortPrefix,
): Promise<readonly Delivery[]> {
  const partition = schema.deliveryIntent.partition({ org, inc });
  return (await table.query({ partition, prefix })).items.map((row) => stored<Delivery>(row));
}
