import { alertmanagerApi, alertmanagerHealth, alertmanagerStatus } from './alertmanager-api.ts';
import type { Desk, Entrance, Post } from './entrance.ts';
import { opsgenieActing, opsgenieCreating } from './opsgenie-api.ts';
import { opsgenieAlert, opsgenieRequest } from './opsgenie-reads.ts';
import { pagerdutyChanges, pagerdutyEvents, pagerdutyGeneric } from './pagerduty-events.ts';
import { webhook } from './webhook.ts';

export type { Desk, Entrance, Post, Taken } from './entrance.ts';

/** The protocol of each path of the route table that is received, by its method where these differ. */
const entrances: Readonly<Record<string, Entrance | Desk>> = {
  '/webhooks/{source}/{key}': webhook,
  '/webhooks/{source}': webhook,

  'POST /v2/enqueue': pagerdutyEvents,
  'POST /v2/change/enqueue': pagerdutyChanges,
  'POST /generic/2010-04-15/create_event.json': pagerdutyGeneric,

  'POST /v2/alerts': opsgenieCreating,
  'GET /v2/alerts/requests/{id}': opsgenieRequest,
  'GET /v2/alerts/{identifier}': opsgenieAlert,
  'DELETE /v2/alerts/{identifier}': opsgenieActing,
  'POST /v2/alerts/{identifier}/{action}': opsgenieActing,
  'PUT /v2/alerts/{identifier}/{action}': opsgenieActing,
  'DELETE /v2/alerts/{identifier}/{action}': opsgenieActing,
  'POST /v2/alerts/{identifier}/actions/{name}': opsgenieActing,

  ...alertmanagerAt(''),
  ...alertmanagerAt('/webhooks/alertmanager-api/{key}'),
};

/** The paths of Alertmanager's API under a prefix. */
function alertmanagerAt(prefix: string): Readonly<Record<string, Entrance | Desk>> {
  return {
    [`POST ${prefix}/api/v2/alerts`]: alertmanagerApi,
    // By GET or HEAD, as Alertmanager's own handlers.
    [`${prefix}/api/v2/status`]: alertmanagerStatus,
    [`${prefix}/-/healthy`]: alertmanagerHealth,
    [`${prefix}/-/ready`]: alertmanagerHealth,
  };
}

/** Sources that are answered in their own words also at an address with their key in its path. */
const ownWords: Readonly<Record<string, Entrance>> = {
  'pagerduty-events': pagerdutyEvents,
  'alertmanager-api': alertmanagerApi,
  'opsgenie-api': opsgenieCreating,
};

/** The protocol that is spoken at the path of a POST. */
export function entranceAt({
  path,
  params,
  event,
}: Pick<Post, 'path' | 'params' | 'event'>): Entrance | Desk {
  const entrance = entrances[`${event.httpMethod} ${path}`] ?? entrances[path];
  if (entrance === undefined) throw new Error(`No protocol is spoken at ${event.httpMethod} ${path}`);
  const speaks = params.source !== undefined && event.httpMethod !== 'GET';
  const own = speaks ? ownWords[params.source ?? ''] : undefined;
  return own === undefined || 'answer' in entrance ? entrance : { ...own, keyOf: entrance.keyOf };
}
