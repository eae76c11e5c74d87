import type { Link } from '../../shared/alerts/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { table } from './table.ts';

/** What the head of an alert keeps of its source's own words: no more than fits into it. */
export interface AlertDescription {
  readonly labels: Readonly<Record<string, string>>;
  readonly links: readonly Link[];
}

/** How these alerts were last described, by fingerprint. */
export async function describedAlerts(
  org: OrganisationId,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, AlertDescription>> {
  const heads = await table.load<AlertDescription>(
    fingerprints.map((fp) => schema.alertHead.key({ org, fp })),
  );
  return new Map(
    fingerprints.flatMap((fingerprint, i) => {
      const head = heads[i];
      return head ? [[fingerprint, { labels: head.labels, links: head.links }] as const] : [];
    }),
  );
}
