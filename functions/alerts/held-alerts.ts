import type { Quiet } from '../../shared/alerts/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { readHeads } from '../aws/alert-heads.ts';
import { heldPage } from '../aws/held-alerts.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { viewHeld } from './quiet-view.ts';

/** A page of the alerts that one held back, by fingerprint. */
export async function listHeld(
  org: OrganisationId,
  { id }: Quiet,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const listing = { org, of: { list: 'held alerts', id } };
  const [after] = cursor === undefined ? [] : readCursor(listing, cursor);
  const { held, next } = await heldPage(org, id, { limit, ...(after !== undefined && { after }) });
  const heads = await readHeads(
    org,
    held.map(({ signal }) => signal.fingerprint),
  );
  const items = held.map((one) => viewHeld(one, heads.get(one.signal.fingerprint)));
  return { items, ...(next !== undefined && { next: writeCursor(listing, [next]) }) };
}
