import type { OrganisationId } from '../../shared/kernel/index.ts';
import { allDone } from './all-done.ts';
import { connectionsOf } from './connections.ts';
import { closeConnection } from './sockets.ts';

/** Cuts off all connections of a person or machine, who belongs to the organisation no more. */
export async function disconnect(org: OrganisationId, actor: string): Promise<void> {
  const connections = await connectionsOf(org, actor);
  await allDone(connections.map((connectionId) => closeConnection(connectionId)));
}
