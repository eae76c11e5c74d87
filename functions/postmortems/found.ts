import type { Incident } from '../../shared/incidents/index.ts';
import { type Id, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { type ActionItem, type Postmortem, viewPostmortem } from '../../shared/postmortems/index.ts';
import { allDone } from '../aws/all-done.ts';
import { modelName } from '../aws/model.ts';
import { loadPostmortem } from '../aws/postmortem-log.ts';
import { type Reply, reply } from '../edge/reply.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { actionsOf } from './actions.ts';

/** A post-mortem with the actions of its incident. */
export interface Found {
  readonly postmortem: Postmortem;
  readonly actions: readonly ActionItem[];
}

/** What was found, and whose it is. */
export interface FoundWhole extends Found {
  readonly incident: Incident;
}

/** A post-mortem whose incident can be seen; `not_found` when there is none here. */
export async function found(org: OrganisationId, id: Id<'postmortem'>): Promise<FoundWhole> {
  const postmortem = await loadPostmortem(org, id);
  if (!postmortem) throw new Refusal('not_found', `There is no post-mortem '${id}' here.`, 'path.id');
  const { incident: inc } = postmortem;
  const [incident, actions] = await allDone([visibleIncident(org, inc), actionsOf(org, inc)]);
  return { postmortem, actions, incident };
}

/** A post-mortem as the API answers it, with its version as ETag. */
export const shown = (status: number, { postmortem, actions }: Found): Reply =>
  reply(status, viewPostmortem(postmortem, actions, modelName()), { etag: `"${postmortem.version}"` });
