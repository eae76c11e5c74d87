import type { SeenAlert } from '../../shared/alerts/index.ts';
import { type AlertHead, seenOf } from '../../shared/detection/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { alertKey } from './alert-key.ts';
import { stored } from './incident-rows.ts';
import { table } from './table.ts';

/** What is known of an alert by now; undefined where nothing came of it yet. */
export async function findAlert(org: OrganisationId, fingerprint: string): Promise<SeenAlert | undefined> {
  const row = await table.get(alertKey(org, fingerprint));
  return row && seenOf(stored<AlertHead>(row));
}
