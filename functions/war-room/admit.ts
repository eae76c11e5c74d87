import { type Action, type Ctx, type IncidentId, Refusal } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { spend } from '../aws/connections.ts';
import { loadIncident } from '../aws/incident-log.ts';
import { seenIncident } from '../incidents/visible.ts';
import { rightsOf } from './rights.ts';

/** What one message of a connection is about. */
interface Asked {
  readonly connectionId: string;
  readonly incident: IncidentId;
}

/**
 * Who asks, with the role that they have now. Refuses what that role may not do, an incident that they cannot see, and more
 * messages than one connection may say.
 */
export async function admit(ctx: Ctx, { connectionId, incident }: Asked, action: Action): Promise<Ctx> {
  const [admitted, found, mayGoOn] = await allDone([
    rightsOf(ctx, action),
    loadIncident(ctx.org, incident),
    spend(connectionId),
  ]);
  seenIncident(found, incident);
  if (mayGoOn) return admitted;
  throw new Refusal('limit', 'Too many messages in ten seconds; say it again a little later.');
}
