import type { Action } from '../kernel/index.ts';
import type { FunctionName } from './functions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/**
 * Who may call a route: `public`; `key`, checked by the verb against an integration's secret; `signed`, a link that carries
 * its own signature; `person`, anybody with a valid token even without a membership; else an action of the organisation.
 */
export type Access = 'public' | 'key' | 'signed' | 'person' | Action;

/** One row of the route table, which drives the routers, API Gateway and OpenAPI. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly access: Access;
  readonly function: FunctionName;
  /** The file functions/<capability>/<verb>.http.ts, and the key of its schemas in shared/<capability>/api.ts. */
  readonly capability: string;
  readonly verb: string;
}

const row = (
  method: Method,
  path: string,
  access: Access,
  function_: FunctionName,
  file: `${string}/${string}`,
): Route => {
  const [capability = '', verb = ''] = file.split('/');
  return { method, path, access, function: function_, capability, verb };
};

export const routes: readonly Route[] = [
  row('POST', '/webhooks/{source}/{key}', 'key', 'Receive', 'alerts/receive'),
  row('PUT', '/webhooks/{source}/{key}', 'key', 'Receive', 'alerts/receive'),
  row('GET', '/webhooks/{source}/{key}', 'key', 'Receive', 'alerts/receive'),
  row('OPTIONS', '/webhooks/{source}/{key}', 'key', 'Receive', 'alerts/receive'),
  row('POST', '/webhooks/{source}', 'key', 'Receive', 'alerts/receive'),
  row('POST', '/v2/enqueue', 'key', 'Receive', 'alerts/receive'),
  row('POST', '/v2/change/enqueue', 'key', 'Receive', 'alerts/receive'),
  row('POST', '/generic/2010-04-15/create_event.json', 'key', 'Receive', 'alerts/receive'),
  row('POST', '/v2/alerts', 'key', 'Receive', 'alerts/receive'),
  row('GET', '/v2/alerts/requests/{id}', 'key', 'Receive', 'alerts/receive'),
  row('GET', '/v2/alerts/{identifier}', 'key', 'Receive', 'alerts/receive'),
  row('DELETE', '/v2/alerts/{identifier}', 'key', 'Receive', 'alerts/receive'),
  row('POST', '/v2/alerts/{identifier}/{action}', 'key', 'Receive', 'alerts/receive'),
  row('PUT', '/v2/alerts/{identifier}/{action}', 'key', 'Receive', 'alerts/receive'),
  row('DELETE', '/v2/alerts/{identifier}/{action}', 'key', 'Receive', 'alerts/receive'),
  row('POST', '/v2/alerts/{identifier}/actions/{name}', 'key', 'Receive', 'alerts/receive'),
  row('POST', '/api/v2/alerts', 'key', 'Receive', 'alerts/receive'),
  row('GET', '/api/v2/status', 'public', 'Receive', 'alerts/receive'),
  row('GET', '/-/healthy', 'public', 'Receive', 'alerts/receive'),
  row('GET', '/-/ready', 'public', 'Receive', 'alerts/receive'),
  row('POST', '/webhooks/alertmanager-api/{key}/api/v2/alerts', 'key', 'Receive', 'alerts/receive'),
  row('GET', '/webhooks/alertmanager-api/{key}/api/v2/status', 'key', 'Receive', 'alerts/receive'),
  row('GET', '/webhooks/alertmanager-api/{key}/-/healthy', 'public', 'Receive', 'alerts/receive'),
  row('GET', '/webhooks/alertmanager-api/{key}/-/ready', 'public', 'Receive', 'alerts/receive'),

  row('GET', '/api/integrations', 'integration.read', 'Alerts', 'alerts/list-integrations'),
  row('POST', '/api/integrations', 'integration.write', 'Alerts', 'alerts/create-integration'),
  row('GET', '/api/integrations/{id}', 'integration.read', 'Alerts', 'alerts/get-integration'),
  row('PATCH', '/api/integrations/{id}', 'integration.write', 'Alerts', 'alerts/update-integration'),
  row('DELETE', '/api/integrations/{id}', 'integration.write', 'Alerts', 'alerts/delete-integration'),
  row('POST', '/api/integrations/{id}/rotate', 'integration.write', 'Alerts', 'alerts/rotate-integration'),
  row('GET', '/api/integrations/{id}/deliveries', 'integration.read', 'Alerts', 'alerts/list-deliveries'),
  row('POST', '/api/integrations/{id}/test', 'integration.write', 'Alerts', 'alerts/test-integration'),

  row('GET', '/api/changes', 'change.read', 'Alerts', 'alerts/list-changes'),
  row('POST', '/api/changes', 'change.write', 'Alerts', 'alerts/record-change'),

  row('GET', '/v2/heartbeats', 'key', 'Alerts', 'alerts/opsgenie-list-heartbeats'),
  row('POST', '/v2/heartbeats', 'key', 'Alerts', 'alerts/opsgenie-create-heartbeat'),
  row('GET', '/v2/heartbeats/{name}', 'key', 'Alerts', 'alerts/opsgenie-get-heartbeat'),
  row('PATCH', '/v2/heartbeats/{name}', 'key', 'Alerts', 'alerts/opsgenie-change-heartbeat'),
  row('DELETE', '/v2/heartbeats/{name}', 'key', 'Alerts', 'alerts/opsgenie-end-heartbeat'),
  row('GET', '/v2/heartbeats/{name}/ping', 'key', 'Alerts', 'alerts/opsgenie-ping'),
  row('POST', '/v2/heartbeats/{name}/ping', 'key', 'Alerts', 'alerts/opsgenie-ping'),
  row('PUT', '/v2/heartbeats/{name}/ping', 'key', 'Alerts', 'alerts/opsgenie-ping'),
  row('PATCH', '/v2/heartbeats/{name}/ping', 'key', 'Alerts', 'alerts/opsgenie-ping'),
  row('POST', '/v2/heartbeats/{name}/{switch}', 'key', 'Alerts', 'alerts/opsgenie-switch-heartbeat'),
  row('GET', '/heartbeats/{key}', 'key', 'Alerts', 'alerts/ping'),
  row('POST', '/heartbeats/{key}', 'key', 'Alerts', 'alerts/ping'),
  row('GET', '/api/heartbeats', 'heartbeat.read', 'Alerts', 'alerts/list-heartbeats'),
  row('POST', '/api/heartbeats', 'heartbeat.write', 'Alerts', 'alerts/create-heartbeat'),
  row('GET', '/api/heartbeats/{name}', 'heartbeat.read', 'Alerts', 'alerts/get-heartbeat'),
  row('PATCH', '/api/heartbeats/{name}', 'heartbeat.write', 'Alerts', 'alerts/change-heartbeat'),
  row('DELETE', '/api/heartbeats/{name}', 'heartbeat.write', 'Alerts', 'alerts/end-heartbeat'),

  row('GET', '/api/incidents', 'incident.read', 'Incidents', 'incidents/list'),
  row('POST', '/api/incidents', 'incident.write', 'Incidents', 'incidents/create'),
  row('GET', '/api/incidents/{id}', 'incident.read', 'Incidents', 'incidents/get'),
  row('PATCH', '/api/incidents/{id}', 'incident.write', 'Incidents', 'incidents/update'),
  row('DELETE', '/api/incidents/{id}', 'incident.delete', 'Incidents', 'incidents/delete'),
  row('GET', '/api/incidents/{id}/alerts', 'incident.read', 'Incidents', 'incidents/list-alerts'),
  row('GET', '/api/incidents/{id}/facts', 'incident.read', 'Incidents', 'incidents/list-facts'),
  row('POST', '/api/incidents/{id}/notes', 'incident.write', 'Incidents', 'incidents/add-note'),
  row('GET', '/api/incidents/{id}/timeline', 'incident.read', 'Timeline', 'timeline/get-timeline'),
  row('GET', '/api/incidents/{id}/metrics', 'metrics.read', 'Metrics', 'metrics/get-incident'),
  row('GET', '/api/incidents/{id}/video', 'room.join', 'WarRoom', 'war-room/get-video'),
  row('POST', '/api/incidents/{id}/video', 'room.write', 'WarRoom', 'war-room/start-video'),
  row('GET', '/api/incidents/{id}/pages', 'incident.read', 'OnCall', 'on-call/list-pages'),
  row('GET', '/api/incidents/{id}/paging', 'incident.read', 'OnCall', 'on-call/get-paging'),
  row('GET', '/api/services', 'incident.read', 'Incidents', 'incidents/list-services'),

  row('GET', '/api/metrics/mttr', 'metrics.read', 'Metrics', 'metrics/get-mttr'),
  row('GET', '/api/metrics/dashboard', 'metrics.read', 'Metrics', 'metrics/get-dashboard'),
  row('GET', '/api/metrics/incidents', 'metrics.read', 'Metrics', 'metrics/list-incidents'),
  row('GET', '/api/metrics/targets', 'metrics.read', 'Metrics', 'metrics/get-targets'),
  row('POST', '/api/metrics/targets', 'metrics.write', 'Metrics', 'metrics/set-targets'),

  row('GET', '/api/on-call', 'configuration.read', 'OnCall', 'on-call/get-on-call'),
  row('GET', '/api/on-call/channels', 'configuration.read', 'OnCall', 'on-call/list-channels'),
  row('PUT', '/api/on-call/channels/{channel}', 'credentials.write', 'OnCall', 'on-call/set-channel'),
  row('DELETE', '/api/on-call/channels/{channel}', 'credentials.write', 'OnCall', 'on-call/remove-channel'),
  row('GET', '/api/on-call/test-notification', 'page.test', 'OnCall', 'on-call/list-tests'),
  row('POST', '/api/on-call/test-notification', 'page.test', 'OnCall', 'on-call/test-notification'),
  row('POST', '/api/on-call/test-notification/confirm', 'page.test', 'OnCall', 'on-call/confirm-number'),
  row('GET', '/api/schedules', 'configuration.read', 'OnCall', 'on-call/list-schedules'),
  row('GET', '/api/schedules/{id}', 'configuration.read', 'OnCall', 'on-call/get-schedule'),
  row('GET', '/api/schedules/{id}/overrides', 'configuration.read', 'OnCall', 'on-call/list-overrides'),
  row('POST', '/api/schedules/{id}/overrides', 'override.write', 'OnCall', 'on-call/add-override'),
  row(
    'DELETE',
    '/api/schedules/{id}/overrides/{override}',
    'override.write',
    'OnCall',
    'on-call/end-override',
  ),
  row('GET', '/respond/{token}', 'signed', 'OnCall', 'on-call/show-response'),
  row('POST', '/respond/{token}', 'signed', 'OnCall', 'on-call/respond'),

  row(
    'GET',
    '/api/incidents/{id}/postmortem',
    'postmortem.read',
    'Postmortems',
    'postmortems/get-of-incident',
  ),
  row('POST', '/api/incidents/{id}/postmortem', 'postmortem.write', 'Postmortems', 'postmortems/generate'),
  row('GET', '/api/postmortems', 'postmortem.read', 'Postmortems', 'postmortems/list'),
  row('GET', '/api/postmortems/{id}', 'postmortem.read', 'Postmortems', 'postmortems/get'),
  row('PATCH', '/api/postmortems/{id}', 'postmortem.write', 'Postmortems', 'postmortems/change'),
  row('POST', '/api/postmortems/{id}/draft', 'postmortem.write', 'Postmortems', 'postmortems/draft'),
  row('GET', '/api/postmortems/{id}/markdown', 'postmortem.read', 'Postmortems', 'postmortems/get-markdown'),
  row('GET', '/api/postmortems/{id}/html', 'postmortem.read', 'Postmortems', 'postmortems/get-html'),
  row('GET', '/api/postmortems/{id}/pdf', 'postmortem.read', 'PostmortemPdf', 'postmortems/get-pdf'),

  row('POST', '/api/organisations', 'person', 'Identity', 'identity/create-organisation'),
  row('GET', '/api/me', 'person', 'Identity', 'identity/get-me'),
  row('GET', '/api/members', 'member.read', 'Identity', 'identity/list-members'),
  row('POST', '/api/members', 'member.write', 'Identity', 'identity/add-member'),
  row('DELETE', '/api/members/{id}', 'member.write', 'Identity', 'identity/remove-member'),
  row('GET', '/api/keys', 'key.write', 'Identity', 'identity/list-keys'),
  row('POST', '/api/keys', 'key.write', 'Identity', 'identity/create-key'),
  row('DELETE', '/api/keys/{id}', 'key.write', 'Identity', 'identity/delete-key'),

  row('GET', '/api/config', 'configuration.read', 'Configuration', 'configuration/get'),
  row('POST', '/api/config/plan', 'configuration.write', 'Configuration', 'configuration/plan'),
  row('PUT', '/api/config', 'configuration.write', 'Configuration', 'configuration/replace'),

  row('GET', '/api/incidents/{id}/room', 'room.join', 'WarRoom', 'war-room/get-room'),
  row('GET', '/api/incidents/{id}/document', 'incident.read', 'WarRoom', 'war-room/get-document'),
  row(
    'GET',
    '/api/incidents/{id}/document/snapshots',
    'incident.read',
    'WarRoom',
    'war-room/list-document-snapshots',
  ),
  row('GET', '/api/incidents/{id}/actions', 'incident.read', 'WarRoom', 'war-room/list-actions'),
  row('POST', '/api/incidents/{id}/actions', 'room.write', 'WarRoom', 'war-room/add-action'),
  row('PATCH', '/api/incidents/{id}/actions/{action}', 'room.write', 'WarRoom', 'war-room/change-action'),
  row('POST', '/api/war-room/tickets', 'room.join', 'WarRoom', 'war-room/create-ticket'),
  row(
    'GET',
    '/api/war-room/video-credentials',
    'configuration.read',
    'WarRoom',
    'war-room/list-video-credentials',
  ),
  row(
    'PUT',
    '/api/war-room/video-credentials/{provider}',
    'credentials.write',
    'WarRoom',
    'war-room/set-video-credentials',
  ),
  row(
    'DELETE',
    '/api/war-room/video-credentials/{provider}',
    'credentials.write',
    'WarRoom',
    'war-room/remove-video-credentials',
  ),

  row('GET', '/api/incidents/{id}/runbooks', 'runbook.read', 'Runbooks', 'runbooks/propose'),
  row('GET', '/api/runbooks', 'runbook.read', 'Runbooks', 'runbooks/list'),
  row('POST', '/api/runbooks', 'runbook.write', 'Runbooks', 'runbooks/create'),
  row('GET', '/api/runbooks/{id}', 'runbook.read', 'Runbooks', 'runbooks/get'),
  row('PUT', '/api/runbooks/{id}', 'runbook.write', 'Runbooks', 'runbooks/replace'),
  row('DELETE', '/api/runbooks/{id}', 'runbook.write', 'Runbooks', 'runbooks/remove'),
  row('POST', '/api/runbooks/{id}/restore', 'runbook.write', 'Runbooks', 'runbooks/restore'),
  row('GET', '/api/runbooks/{id}/versions', 'runbook.read', 'Runbooks', 'runbooks/list-versions'),
  row('POST', '/api/runbooks/{id}/execute', 'runbook.execute', 'Runbooks', 'runbooks/start'),
  row('POST', '/api/runbooks/{id}/test', 'runbook.execute', 'Runbooks', 'runbooks/test'),
  row('GET', '/api/runs', 'runbook.read', 'Runbooks', 'runbooks/list-runs'),
  row('GET', '/api/runs/{id}', 'runbook.read', 'Runbooks', 'runbooks/get-run'),
  row('POST', '/api/runs/{id}/steps/{step}', 'runbook.execute', 'Runbooks', 'runbooks/answer-step'),
  row('POST', '/api/runs/{id}/cancel', 'runbook.execute', 'Runbooks', 'runbooks/cancel-run'),
  row('GET', '/api/runbooks/clusters', 'runbook.read', 'Runbooks', 'runbooks/list-clusters'),
  row('GET', '/api/runbooks/clusters/{name}', 'runbook.read', 'Runbooks', 'runbooks/get-cluster'),
  row('PUT', '/api/runbooks/clusters/{name}', 'credentials.write', 'Runbooks', 'runbooks/set-cluster'),
  row('DELETE', '/api/runbooks/clusters/{name}', 'credentials.write', 'Runbooks', 'runbooks/remove-cluster'),
  row('POST', '/api/runbooks/clusters/{name}/test', 'credentials.write', 'Runbooks', 'runbooks/test-cluster'),

  row('GET', '/api/status', 'status.read', 'StatusApi', 'status/get'),
  row('GET', '/api/status/public', 'public', 'StatusApi', 'status/get-public'),
  row('PATCH', '/api/status/page', 'status.write', 'StatusApi', 'status/configure'),
  row('POST', '/api/status/groups', 'status.write', 'StatusApi', 'status/add-group'),
  row('PATCH', '/api/status/groups/{id}', 'status.write', 'StatusApi', 'status/change-group'),
  row('DELETE', '/api/status/groups/{id}', 'status.write', 'StatusApi', 'status/remove-group'),
  row('POST', '/api/status/components', 'status.write', 'StatusApi', 'status/add-component'),
  row('PATCH', '/api/status/components/{id}', 'status.write', 'StatusApi', 'status/change-component'),
  row('PUT', '/api/status/components/{id}/status', 'status.write', 'StatusApi', 'status/set-status'),
  row('DELETE', '/api/status/components/{id}', 'status.write', 'StatusApi', 'status/remove-component'),
  row('POST', '/api/status/incidents', 'status.write', 'StatusApi', 'status/publish-incident'),
  row('PATCH', '/api/status/incidents/{id}', 'status.write', 'StatusApi', 'status/change-incident'),
  row('POST', '/api/status/incidents/{id}/updates', 'status.write', 'StatusApi', 'status/publish-update'),
  row(
    'PATCH',
    '/api/status/incidents/{id}/updates/{update}',
    'status.write',
    'StatusApi',
    'status/correct-update',
  ),
  row(
    'DELETE',
    '/api/status/incidents/{id}/updates/{update}',
    'status.write',
    'StatusApi',
    'status/withdraw-update',
  ),
  row('POST', '/api/status/maintenance', 'status.write', 'StatusApi', 'status/schedule-maintenance'),
  row('PATCH', '/api/status/maintenance/{id}', 'status.write', 'StatusApi', 'status/change-maintenance'),
  row('DELETE', '/api/status/maintenance/{id}', 'status.write', 'StatusApi', 'status/cancel-maintenance'),
  row('DELETE', '/api/status/proposals/{id}', 'status.write', 'StatusApi', 'status/dismiss-proposal'),
  row('POST', '/api/status/subscribe', 'public', 'StatusApi', 'status/subscribe'),
  row('GET', '/api/status/subscribers', 'status.read', 'StatusApi', 'status/list-subscribers'),
  row('DELETE', '/api/status/subscribers/{id}', 'status.write', 'StatusApi', 'status/remove-subscriber'),
  row('GET', '/status/subscriptions/{token}', 'signed', 'StatusApi', 'status/show-subscription'),
  row('POST', '/status/subscriptions/{token}', 'signed', 'StatusApi', 'status/confirm-subscription'),
  row('GET', '/status/subscriptions/{token}/end', 'signed', 'StatusApi', 'status/show-unsubscribe'),
  row('POST', '/status/subscriptions/{token}/end', 'signed', 'StatusApi', 'status/unsubscribe'),

  row('GET', '/api/openapi.json', 'public', 'Api', 'api/get-openapi'),
  row('GET', '/api/asyncapi.json', 'public', 'Api', 'api/get-asyncapi'),
];
