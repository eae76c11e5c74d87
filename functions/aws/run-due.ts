import type { Instant, OrganisationId, RunId } from '../../shared/kernel/index.ts';
import { type Key, schema } from '../../shared/table/index.ts';
import { table } from './table.ts';

/** A run that is to be driven, and since when. */
export interface DueRun {
  readonly org: OrganisationId;
  readonly run: RunId;
  readonly dueAt: Instant;
  /** Another one for each time that it is due. */
  readonly name: string;
}

/** The runs of one shard that are due before a time, overdue ones included. */
export async function dueRuns(shard: number, before: Instant): Promise<readonly DueRun[]> {
  const end = schema.runHead.index('gsi2', { shard, dueAt: before, org: '~', run: '~' });
  const { items } = await table.query<Key & { readonly gsi2sk: string }>({
    index: 'gsi2',
    partition: end.gsi2pk,
    to: end.gsi2sk,
  });
  return items.map(({ gsi2sk }) => {
    const { dueAt, org, run } = schema.runHead.read('gsi2sk', gsi2sk);
    return { org: org as OrganisationId, run: run as RunId, dueAt: Number(dueAt), name: `run ${gsi2sk}` };
  });
}
