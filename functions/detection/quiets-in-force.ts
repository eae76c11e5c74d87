import type { Quiet } from '../../shared/alerts/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import type { QuietVersion } from '../aws/quiets.ts';
import { table } from '../aws/table.ts';
import type { Ports } from './ports.ts';

/** What keeps alerts quiet now, where no load has read its version. */
export async function quietsInForce(
  org: OrganisationId,
  { now, quiets }: Pick<Ports, 'now' | 'quiets'>,
): Promise<readonly Quiet[]> {
  const version = await table.get<QuietVersion>(schema.quietVersion.key({ org }));
  return (await quiets.read(org, version, now())).quiets;
}
