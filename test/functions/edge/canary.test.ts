import { join } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { env, functions, type Route, routes } from '../../../shared/wiring/index.ts';
import { as } from '../../support/edge-verbs.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
import { quietBodies } from '../../support/quiet-bodies.ts';
import { clusterBody, runbookBody } from '../../support/runbook-bodies.ts';
import { statusBodies } from '../../support/status-bodies.ts';

const TABLE = 'canary-table';
const ARN = 'arn:aws:dynamodb:eu-central-1:123456789012:table/canary-table';
const BODY = 'canary-body';
const TOKEN = 'canary-token-0123456789';
const ROUTING_KEY = 'c0ffeecafe'.repeat(4).slice(0, 32);

const db = mockClient(DynamoDBDocumentClient);
const parameters = mockClient(SSMClient);
const printed: unknown[] = [];
type Handler = (
  event: APIGatewayProxyEvent,
  context: typeof lambdaContext,
) => Promise<{ statusCode: number; body: string }>;

beforeAll(() => {
  for (const name of Object.values(env)) process.env[name] = 'https://console.example';
  process.env.ADMINISTRATOR_EMAIL = 'canary@example.com';
  Object.assign(process.env, { TABLE_NAME: TABLE, AWS_REGION: 'eu-central-1' });
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  }
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...said) => void printed.push(...said));
  }
});
afterAll(() => {
  vi.restoreAllMocks();
  db.restore();
  parameters.restore();
});
beforeEach(() => {
  printed.length = 0;
  db.reset();
  db.rejects(new Error(`User is not authorized to perform dynamodb:Query on resource: ${ARN}`));
});

const ulid = '00000000000000000000000000';

/** A path with ids that have the right form, or secrets where the path carries one. */
const pathOf = ({ method, path }: Route): string =>
  path
    .replace('{source}', sourceBy.get(method) ?? 'generic')
    .replace(/\{(key|token)\}/, TOKEN)
    .replace('{provider}', 'zoom')
    .replace('{name}', 'production')
    .replace('{step}', 'restart')
    .replace('{version}', '1')
    .replace('{switch}', 'enable')
    .replace('{channel}', 'slack')
    .replace('{action}', 'act_00000000000000000000000000')
    .replace('{other}', 'inc_00000000000000000000000000')
    .replace('{override}', 'ovr_00000000000000000000000000')
    .replace('proposals/{id}', `proposals/open_inc_${ulid}_1`)
    .replace('{update}', `upd_${ulid}`)
    .replace('/api/alerts/{id}', `/api/alerts/${'0'.repeat(64)}`)
    .replace(/([\w-]+)\/([\w-]+)\/\{id\}/, (found, above: string, list: string) =>
      found.replace('{id}', `${prefixes.get(`${above}/${list}`) ?? 'inc'}_${ulid}`),
    );

/** Only these sources are told by other methods than those that all take. */
const sourceBy = new Map<string, string>([
  ['GET', 'uptime-kuma'],
  ['OPTIONS', 'cloudevents'],
]);

const prefixes = new Map([
  ['api/keys', 'key'],
  ['api/runs', 'run'],
  ['api/postmortems', 'pm'],
  ['api/integrations', 'int'],
  ['api/members', 'per'],
  ['api/silences', 'sil'],
  ['api/maintenance', 'mwn'],
  ['status/groups', 'grp'],
  ['status/components', 'cmp'],
  ['status/incidents', 'pin'],
  ['status/maintenance', 'mnt'],
  ['status/subscribers', 'sub'],
]);

const root = join(import.meta.dirname, '../../../functions');
const handlerOf = async ({ function: name }: Route): Promise<Handler> =>
  (await import(/* @vite-ignore */ join(root, `${functions[name].entry}.ts`))).handler;

/** Bodies that pass the schemas, so that each request gets as far as the store. */
const bodies: Readonly<Record<string, unknown>> = {
  'POST /webhooks/{source}/{key}': { title: BODY },
  'PUT /webhooks/{source}/{key}': { title: BODY },
  'POST /v2/enqueue': {
    routing_key: ROUTING_KEY,
    event_action: 'trigger',
    payload: { summary: BODY, source: BODY, severity: 'critical' },
  },
  'POST /v2/change/enqueue': { routing_key: ROUTING_KEY, payload: { summary: BODY } },
  'POST /generic/2010-04-15/create_event.json': {
    service_key: ROUTING_KEY,
    event_type: 'trigger',
    description: BODY,
  },
  'POST /v2/alerts': { message: BODY },
  'POST /v2/heartbeats': { name: BODY, interval: 5 },
  'PATCH /v2/heartbeats/{name}': { description: BODY },
  'POST /api/integrations': { name: BODY, source: 'generic' },
  'PATCH /api/integrations/{id}': { name: BODY },
  'POST /api/integrations/{id}/rotate': { what: 'secret', secret: `${TOKEN}-${BODY}` },
  'POST /api/metrics/targets': { overall: 60_000 },
  'POST /api/heartbeats': { name: BODY, intervalMinutes: 5 },
  'PATCH /api/heartbeats/{name}': { alertTitle: BODY },
  'POST /api/changes': { title: BODY },
  'POST /api/incidents': { title: BODY, severity: 'P1_CRITICAL' },
  'PATCH /api/incidents/{id}': { title: BODY },
  'POST /api/incidents/{id}/notes': { text: BODY },
  'POST /api/incidents/{id}/merge': { incidents: [`inc_${ulid}`], reason: BODY },
  'POST /api/incidents/{id}/split': { alerts: ['0'.repeat(64)], reason: BODY },
  'POST /api/incidents/{id}/related': { incident: `inc_${ulid}`, why: BODY },
  'POST /api/incidents/{id}/actions': { text: BODY },
  'PUT /api/on-call/channels/{channel}': { botToken: `xoxb-${BODY}` },
  'POST /api/config/plan': { people: [] },
  'POST /api/config/rollback': { version: 1, reason: BODY },
  'POST /api/rules/simulate': { rules: [{ id: 'r', name: BODY }] },
  'PUT /api/rules/{id}': { id: `inc_${ulid}`, name: BODY },
  'PUT /api/services/{id}': { id: `inc_${ulid}`, description: BODY },
  'PATCH /api/postmortems/{id}': { sections: { summary: BODY } },
  'POST /api/schedules/{id}/overrides': { person: BODY, to: '2100-01-01T00:00:00Z' },
  'POST /api/on-call/test-notification': { channel: 'email' },
  'POST /api/on-call/test-notification/confirm': { code: '000000' },
  'PATCH /api/incidents/{id}/actions/{action}': { text: BODY },
  'POST /api/organisations': { name: BODY },
  'POST /api/keys': { name: BODY, role: 'viewer' },
  'POST /api/members': { name: BODY, email: 'canary@example.com', role: 'viewer' },
  'PUT /api/config': {},
  ...quietBodies(BODY, Date.now()),
  ...statusBodies(BODY),
  'POST /api/status/subscribe': { email: 'canary@example.com' },
  'POST /api/runbooks': runbookBody(BODY),
  'PUT /api/runbooks/{id}': runbookBody(BODY, `inc_${ulid}`),
  'POST /api/runbooks/{id}/execute': { reason: BODY },
  'POST /api/runs/{id}/steps/{step}': { answer: 'done', note: BODY },
  'POST /api/runs/{id}/cancel': { note: BODY },
  'PUT /api/runbooks/clusters/{name}': clusterBody(BODY),
  'PUT /api/war-room/video-credentials/{provider}': { accountId: 'a', clientId: 'b', clientSecret: BODY },
};

/** These need no store: they read nothing, or lack the key with which they would look. */
const noStore = [
  'GET /api/openapi.json',
  'GET /api/asyncapi.json',
  'POST /webhooks/{source}',
  ...['GET', 'HEAD'].flatMap((method) => [
    `${method} /api/v2/status`,
    `${method} /-/healthy`,
    `${method} /-/ready`,
    `${method} /webhooks/alertmanager-api/{key}/-/healthy`,
    `${method} /webhooks/alertmanager-api/{key}/-/ready`,
  ]),
];

/** Opsgenie's clients have a scheme of their own. */
const schemeOf = ({ path }: Route): string =>
  /^\/v2\/(alerts|heartbeats)/.test(path) ? 'GenieKey' : 'Bearer';

it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '[F66] a fault of the store shows no table, ARN or stack in the answer of %s, and no key, token or body in the log',
  async (name, route) => {
    const own = `${schemeOf(route)} ${TOKEN}`;
    const headers = { Authorization: own, 'Idempotency-Key': TOKEN, 'If-Match': '"1"' };
    const authorizer = as('administrator', 'canary@example.com');
    const event = httpEvent({
      method: route.method,
      path: pathOf(route),
      ...(name === 'GET /api/runs' && { query: { runbook: 'x' } }),
      ...(name === 'GET /webhooks/{source}/{key}' && { query: { msg: BODY } }),
      headers,
      body: bodies[name],
      authorizer,
    });
    const handler = await handlerOf(route);
    const { statusCode, body: answer } = await handler(event, lambdaContext);
    expect(statusCode >= 500).toBe(!noStore.includes(name));
    expect(answer).not.toMatch(/canary|c0ffee|arn:aws|\.ts:\d/);
    expect(JSON.stringify(printed)).not.toMatch(/canary-token|canary-body|c0ffee/);
  },
);
