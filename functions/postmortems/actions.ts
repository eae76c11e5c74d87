import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import type { ActionItem } from '../../shared/postmortems/index.ts';
import { actionsIn } from '../../shared/war-room/index.ts';
import { loadRoom } from '../aws/room-parts.ts';

/** The actions of an incident as they stand now. */
export async function actionsOf(org: OrganisationId, incident: IncidentId): Promise<readonly ActionItem[]> {
  return actionsIn(await loadRoom({ org, incident })).map(({ text, assignee, due, done }) => ({
    ...{ text, done },
    ...(assignee && { assignee: assignee.name }),
    ...(due !== null && { due }),
  }));
}
