import { asOpsgenieAction, asOpsgenieCreate, idNamed } from '../../../shared/alerts/index.ts';
import { Refusal } from '../../../shared/kernel/index.ts';
import { BODY_LIMIT } from '../../edge/body.ts';
import { available } from '../open-door.ts';
import { credentialOf, type WithHeaders } from './credentials.ts';
import type { At, Entrance, Post } from './entrance.ts';
import { processedLater, refusedAsOpsgenie } from './opsgenie-words.ts';

/** New alerts. */
export const opsgenieCreating: Entrance = {
  source: () => 'opsgenie-api',
  limit: BODY_LIMIT,
  keyOf: genieKeyOf,
  said: asOpsgenieCreate,
  taken: ({ dedupKey }, { requestId }) => processedLater(dedupKey ?? requestId),
  refused: refusedAsOpsgenie,
};

/** Whatever is done to an alert that is named in the path. */
export const opsgenieActing: Entrance = {
  ...opsgenieCreating,
  mayBeEmpty: true,
  async said(body, post, at) {
    const { action = 'delete', name } = post.params;
    const named = await identifierOf(post, at);
    if (named.type === 'id') await refuseForeign(idNamed(at.door.id, named.identifier), at);
    const more = name === undefined ? { action } : { action: 'actions', name };
    const removes = post.event.httpMethod === 'DELETE' && action !== 'delete';
    return asOpsgenieAction({ ...named, ...more, removes, body: removes ? removedIn(post, body) : body });
  },
};

/** The key of a request to Opsgenie's API. */
export function genieKeyOf(post: WithHeaders): string {
  const key = credentialOf(post, 'GenieKey');
  if (key !== undefined && key !== '') return key;
  throw new Refusal(
    'unauthenticated',
    'The request lacks its key: send the header `Authorization: GenieKey <key of the integration>`.',
  );
}

/** How a request names its alert. A tiny id is known to who was shown it, and stands for the id that it was written with. */
export async function identifierOf(post: Post, { door, ports }: At) {
  const { identifier = '' } = post.params;
  const type = post.event.queryStringParameters?.identifierType ?? 'id';
  if (type !== 'tiny') return { identifier, type };
  const id = await available(
    'The alert could not be looked up',
    ports.findTinyId(door.org, identifier),
    ports,
  );
  if (id !== undefined) return { identifier: id, type: 'id' };
  throw new Refusal(
    'not_found',
    `No alert is known under the tiny id '${identifier.slice(0, 20)}'. Name it by its id or alias.`,
  );
}

/** An id may be that of another integration's alert, which a key of this one may not touch. Of an alias it is always its own. */
async function refuseForeign(id: string, { door, ports }: At): Promise<void> {
  const alert = await available('The alert could not be looked up', ports.findAlert(door.org, id), ports);
  if (alert === undefined || alert.integration === door.id) return;
  throw new Refusal('not_found', 'Alert does not exist.');
}

/** What a DELETE takes away stands in its query: `tags=a,b`, `keys=a,b`. */
function removedIn({ event }: Post, body: unknown): unknown {
  const { tags, keys, note, user, source } = event.queryStringParameters ?? {};
  const list = (text: string | undefined) => text?.split(',');
  return {
    ...(typeof body === 'object' ? body : {}),
    note,
    user,
    source,
    tags: list(tags),
    keys: list(keys),
  };
}
