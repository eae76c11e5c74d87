import type { Heartbeat } from '../../shared/alerts/index.ts';
import { type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { readHeartbeat } from '../aws/heartbeats.ts';

/** The heartbeat of an organisation; `not_found` when it has none of this name. */
export async function loadHeartbeat(org: OrganisationId, name: string): Promise<Heartbeat> {
  const heartbeat = await readHeartbeat(org, name);
  if (heartbeat === undefined)
    throw new Refusal('not_found', `There is no heartbeat '${name}' here.`, 'path.name');
  return heartbeat;
}
