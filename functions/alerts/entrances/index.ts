import type { Entrance, Post } from './entrance.ts';
import { pagerdutyChanges, pagerdutyEvents, pagerdutyGeneric } from './pagerduty-events.ts';
import { webhook } from './webhook.ts';

export type { Entrance, Post, Taken } from './entrance.ts';

/** The protocol of each path of the route table that is received. */
const entrances: Readonly<Record<string, Entrance>> = {
  '/webhooks/{source}/{key}': webhook,
  '/webhooks/{source}': webhook,
  '/v2/enqueue': pagerdutyEvents,
  '/v2/change/enqueue': pagerdutyChanges,
  '/generic/2010-04-15/create_event.json': pagerdutyGeneric,
};

/** Sources that are answered in their own words also at an address with their key in its path. */
const ownWords: Readonly<Record<string, Entrance>> = { 'pagerduty-events': pagerdutyEvents };

/** The protocol that is spoken at the path of a POST. */
export function entranceAt({ path, params }: Pick<Post, 'path' | 'params'>): Entrance {
  const entrance = entrances[path];
  if (entrance === undefined) throw new Error(`No protocol is spoken at ${path}`);
  const own = params.source === undefined ? undefined : ownWords[params.source];
  return own === undefined ? entrance : { ...own, keyOf: entrance.keyOf };
}
