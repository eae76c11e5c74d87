import type { Understood } from '../../shared/configuration/index.ts';
import { type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { loadVersion } from '../aws/configuration.ts';

/** The content of a version; refused with `not_found` when there is none. */
export async function knownVersion(org: OrganisationId, version: number, param: string): Promise<Understood> {
  const found = await loadVersion(org, version);
  if (found) return found;
  throw new Refusal('not_found', `There is no version ${version}; see GET /api/config/versions.`, param);
}
