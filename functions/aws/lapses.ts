import { type AlertHead, endsBy } from '../../shared/detection/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { type Key, schema, shardOf, shards } from '../../shared/table/index.ts';
import { table } from './table.ts';

/** An alert that is to be asked whether it has ended by itself. */
export interface Lapsing {
  readonly org: OrganisationId;
  readonly fingerprint: string;
}

/** Where an alert that ends by itself stands among what the sweep asks for; nowhere when it goes on until it is resolved. */
export function endingAt(head: AlertHead): Readonly<Record<string, string>> {
  const { org, fingerprint: fp } = head;
  const endsAt = endsBy(head);
  return endsAt === undefined
    ? {}
    : schema.alertHead.index('gsi2', { shard: shardOf(fp, shards.due), endsAt, org, fp });
}

/** The alerts of one shard whose end has come, the longest due first, at most so many. */
export async function lapsing(shard: number, now: Instant, limit: number): Promise<readonly Lapsing[]> {
  const end = schema.alertHead.index('gsi2', { shard, endsAt: now, org: '~', fp: '~' });
  const { items } = await table.query<Key & { readonly gsi2sk: string }>({
    ...{ index: 'gsi2', partition: end.gsi2pk, to: end.gsi2sk, limit },
  });
  return items.map(({ gsi2sk }) => {
    const { org, fp: fingerprint } = schema.alertHead.read('gsi2sk', gsi2sk);
    return { org: org as OrganisationId, fingerprint };
  });
}
