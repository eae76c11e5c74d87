import type { HeldAlert, HolderId } from '../../shared/alerts/index.ts';
import { type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { forgottenAt } from './quiets.ts';
import { table } from './table.ts';

interface Row {
  readonly held: HeldAlert;
}

const keyOf = (org: OrganisationId, quiet: HolderId, fp: string) => schema.heldAlert.key({ org, quiet, fp });

/** Keeps what is held back, each in place of what was kept of the same alert before. */
export async function keepHeld(org: OrganisationId, held: readonly HeldAlert[]): Promise<void> {
  await allDone(
    held.map((one) => {
      const { quiet, signal, quietTo } = one;
      const ttl = Math.ceil(forgottenAt({ to: quietTo }) / SECOND);
      return table.put({ ...keyOf(org, quiet, signal.fingerprint), kind: 'held-alert', held: one, ttl });
    }),
  );
}

/** What was held back last of these alerts, by fingerprint. */
export async function readHeld(
  org: OrganisationId,
  wanted: readonly { readonly quiet: HolderId; readonly fingerprint: string }[],
): Promise<ReadonlyMap<string, HeldAlert>> {
  if (wanted.length === 0) return new Map();
  const rows = await table.load<Row>(wanted.map(({ quiet, fingerprint }) => keyOf(org, quiet, fingerprint)));
  return new Map(rows.flatMap((row) => (row ? [[row.held.signal.fingerprint, row.held] as const] : [])));
}

/** The alerts that one held back, by fingerprint, and the one after which there are more. */
export async function heldPage(
  org: OrganisationId,
  quiet: HolderId,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<{ readonly held: readonly HeldAlert[]; readonly next?: string }> {
  const { items, next } = await table.query<Row>({
    ...{ partition: schema.heldAlert.partition({ org, quiet }), prefix: schema.heldAlert.sortPrefix, limit },
    ...(after !== undefined && { after: [schema.heldAlert.sort({ fp: after })] }),
  });
  const last = items.at(-1)?.held.signal.fingerprint;
  return {
    held: items.map(({ held }) => held),
    ...(next !== undefined && last !== undefined && { next: last }),
  };
}
