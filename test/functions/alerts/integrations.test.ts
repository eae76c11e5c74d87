import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { toContext } from '../../../functions/edge/caller.ts';
import { log } from '../../../functions/edge/log.ts';
import { idOf, type Role } from '../../../shared/kernel/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { fixture } from '../../support/alert-fixture.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { httpEvent, lambdaContext, type TestRequest } from '../../support/http-event.ts';

let engine: Awaited<ReturnType<typeof startDynamoDb>>;
let alerts: typeof import('../../../functions/alerts/routes.ts').handler;
let receive: typeof import('../../../functions/alerts/receive.http.ts').handler;
const sqs = mockClient(SQSClient);
const s3 = mockClient(S3Client);
const info = vi.spyOn(log, 'info').mockReturnValue(undefined);
const error = vi.spyOn(log, 'error').mockReturnValue(undefined);

beforeAll(async () => {
  engine = await startDynamoDb();
  Object.assign(process.env, {
    [env.alertsUrl]: 'https://alerts.example/',
    [env.consoleUrl]: 'https://console.example',
    [env.alertQueue]: 'https://sqs.example/1/alerts',
    [env.allowedEndpoints]: 'none',
    [env.integrationParameters]: '/integrations',
    [env.deliveryBucket]: 'deliveries',
    [env.inboundDomain]: 'none',
  });
  ({ handler: alerts } = await import('../../../functions/alerts/routes.ts'));
  ({ handler: receive } = await import('../../../functions/alerts/receive.http.ts'));
});
afterAll(() => engine.stop());
beforeEach(() => {
  sqs.reset();
  s3.on(PutObjectCommand).resolves({});
  sqs.on(SendMessageBatchCommand).resolves({});
  info.mockClear();
  error.mockClear();
});

const as = (organisation: string, role: Role = 'manager') => {
  const membership = {
    org: idOf('organisation', 0, organisation),
    person: idOf('person', 0, 'ann'),
    name: 'Ann',
    role,
  };
  return toContext({
    kind: 'person',
    issuer: 'https://issuer.example',
    subject: 'ann',
    name: 'Ann',
    membership,
  });
};

async function call(handler: typeof alerts | typeof receive, request: TestRequest) {
  const result = await handler(httpEvent(request), lambdaContext);
  return {
    status: result.statusCode,
    headers: result.headers,
    text: result.body,
    json: result.body === '' ? undefined : JSON.parse(result.body),
  };
}

const api = (method: string, path: string, body?: unknown, more: Partial<TestRequest> = {}) =>
  call(alerts, { method, path, authorizer: as('a'), ...(body !== undefined && { body }), ...more });
const create = (source: string, name = source, more: Partial<TestRequest> = {}) =>
  api('POST', '/api/integrations', { name, source }, more);
const post = (path: string, body: unknown) => call(receive, { method: 'POST', path, body });
const sentBodies = () =>
  sqs.commandCalls(SendMessageBatchCommand).flatMap(({ args }) => args[0].input.Entries ?? []);

describe('an integration', () => {
  it('that is made has an address that works at once, and the queue is told its group', async () => {
    const { status, json } = await create('alertmanager', 'Prometheus');
    expect([status, json]).toMatchObject([201, { name: 'Prometheus', source: 'alertmanager' }]);
    expect(json.url).toMatch(/^https:\/\/alerts\.example\/webhooks\/alertmanager\/[0-9a-f]{32}$/);
    const taken = await post(new URL(json.url).pathname, fixture('alertmanager/two-firing'));
    expect([taken.status, taken.json]).toEqual([
      202,
      { status: 'accepted', signals: 2, receipt: 'request-1' },
    ]);
    const [entry] = sentBodies();
    expect(entry?.MessageGroupId).toBe(json.id);
    expect(JSON.parse(entry?.MessageBody ?? '')).toMatchObject({
      kind: 'signals',
      org: idOf('organisation', 0, 'a'),
      integration: json.id,
      source: 'alertmanager',
    });
  });

  it('for PagerDuty events has an address that all share and a routing key of 32 hex digits', async () => {
    const { json } = await create('pagerduty-events');
    expect(json).toMatchObject({
      url: 'https://alerts.example/v2/enqueue',
      routingKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const event = { ...(fixture('pagerduty-events/trigger') as object), routing_key: json.routingKey };
    const taken = await post('/v2/enqueue', event);
    expect([taken.status, taken.json.dedup_key]).toEqual([202, 'db-3/replication']);
  });

  it('of EventBridge is one in a deployment, and makes room for another when it is deleted', async () => {
    const first = await create('eventbridge', 'this account');
    expect([first.status, first.json.url]).toEqual([201, expect.stringContaining('/webhooks/eventbridge/')]);
    for (const authorizer of [as('a'), as('b')]) {
      const second = await create('eventbridge', 'again', { authorizer });
      expect([second.status, second.text]).toEqual([409, expect.stringContaining('Delete that one first')]);
    }
    const body = fixture('eventbridge/alarm');
    expect((await post(new URL(first.json.url).pathname, body)).status).toBe(202);
    expect((await post('/webhooks/eventbridge/events%20of%20this%20account', body)).status).toBe(403);
    expect((await api('DELETE', `/api/integrations/${first.json.id}`)).status).toBe(204);
    const third = await create('eventbridge', 'again');
    expect(third.status).toBe(201);
    await api('DELETE', `/api/integrations/${third.json.id}`);
  });

  it('for mail is refused with what to set where no mail is received, and has an address where it is', async () => {
    const refused = await create('email');
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('Set inboundDomain')]);
    expect((await api('GET', '/api/integrations')).text).not.toContain('"email"');
    const at = { alertsUrl: 'https://alerts.example', inboundDomain: 'in.example.com' };
    const { addressOf } = await import('../../../functions/alerts/integration-row.ts');
    const { refuseWithoutMail } = await import('../../../functions/alerts/hosts.ts');
    expect(addressOf('email', 'k', at)).toEqual({ url: 'mailto:k@in.example.com' });
    expect(() => refuseWithoutMail('email', at)).not.toThrow();
  });

  it('[F66] shows its secret once: neither list nor log nor message has it', async () => {
    const { json } = await create('generic');
    const secret = json.url.split('/').at(-1);
    await post(`/webhooks/generic/${secret}`, { title: 'x', note: 'n' });
    const list = await api('GET', '/api/integrations', undefined, { query: { limit: '100' } });
    expect(list.json.items).toContainEqual({
      id: json.id,
      name: 'generic',
      source: 'generic',
      createdAt: json.createdAt,
      ...{ paused: false, signed: false, options: {}, alerts: { hour: 0, day: 0 }, refused: 0 },
    });
    for (const text of [list.text, JSON.stringify(info.mock.calls), JSON.stringify(sentBodies())]) {
      expect(text).not.toContain(secret);
    }
  });

  it('that is deleted is gone from the list, is not found a second time, and its key is refused', async () => {
    const { json } = await create('generic', 'short-lived');
    expect((await api('DELETE', `/api/integrations/${json.id}`)).status).toBe(204);
    expect((await api('DELETE', `/api/integrations/${json.id}`)).status).toBe(404);
    expect((await api('GET', '/api/integrations')).text).not.toContain(json.id);
    expect((await post(new URL(json.url).pathname, { title: 'x' })).status).toBe(403);
  });

  it('[F56] of another organisation is not found, not listed and not deleted', async () => {
    const { json } = await create('generic', 'ours');
    const theirs = { authorizer: as('b') };
    expect((await api('DELETE', `/api/integrations/${json.id}`, undefined, theirs)).status).toBe(404);
    expect((await api('GET', '/api/integrations', undefined, theirs)).json).toEqual({ items: [] });
    expect((await post(new URL(json.url).pathname, { title: 'x' })).status).toBe(202);
  });

  it('is made, listed and deleted by managers only', async () => {
    const responder = { authorizer: as('a', 'responder') };
    expect((await create('generic', 'x', responder)).status).toBe(403);
    expect((await api('GET', '/api/integrations', undefined, responder)).status).toBe(403);
    expect(
      (await api('DELETE', `/api/integrations/${idOf('integration', 0)}`, undefined, responder)).status,
    ).toBe(403);
  });

  it.each(['../x', '%2e%2e', 'INC#1#2', 'int_', '\u{1f600}', 'constructor', 'x'.repeat(10_000)])(
    '[F59] with the id %s is no integration',
    async (id) => {
      expect((await api('DELETE', `/api/integrations/${encodeURIComponent(id)}`)).status).toBe(400);
    },
  );

  it('of an unknown source, without a name or with a field too many is refused with what is allowed', async () => {
    expect((await create('nagios')).json.error.message).toContain('alertmanager');
    expect((await create('generic', ' ')).status).toBe(400);
    const more = await api('POST', '/api/integrations', { name: 'x', source: 'generic', org: 'org_b' });
    expect(more.status).toBe(400);
  });

  it('[F62] asked for twice under one key is made once, and its secret is not told again', async () => {
    const headers = { 'idempotency-key': 'once', 'content-type': 'application/json' };
    const first = await create('generic', 'one', { headers });
    const again = await create('generic', 'one', { headers });
    expect(first.status).toBe(201);
    expect(again.text).not.toContain(first.json.url);
    const all = await api('GET', '/api/integrations', undefined, { query: { limit: '100' } });
    expect(all.json.items.filter(({ name }: { name: string }) => name === 'one')).toHaveLength(1);
  });

  it('is listed page by page, each once', async () => {
    for (const name of ['p1', 'p2', 'p3']) await create('generic', name, { authorizer: as('pages') });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: '2', ...(cursor !== undefined && { cursor }) };
      const { json } = await api('GET', '/api/integrations', undefined, { authorizer: as('pages'), query });
      seen.push(...json.items.map(({ name }: { name: string }) => name));
      cursor = json.next;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual(['p1', 'p2', 'p3']);
  });
});

describe('the receiving function', () => {
  it('[F1] answers an address without its key with 401, and says what is missing', async () => {
    const keyless = await post('/webhooks/generic', {});
    expect([keyless.status, keyless.json.error.message]).toEqual([401, expect.stringContaining('key')]);
  });

  it('answers an unknown source and a path that is none with 404', async () => {
    const unknown = await post(`/webhooks/nagios/${'0'.repeat(32)}`, {});
    expect([unknown.status, unknown.json.error.message]).toEqual([
      404,
      expect.stringContaining('alertmanager'),
    ]);
    expect((await call(receive, { method: 'GET', path: `/webhooks/generic/${'0'.repeat(32)}` })).status).toBe(
      404,
    );
  });

  it('logs one line for each POST, without body and key', async () => {
    const { json } = await create('generic');
    await post(new URL(json.url).pathname, { title: 'canary-title' });
    await post(`/webhooks/generic/${'c'.repeat(32)}`, { title: 'canary-title' });
    expect(info.mock.calls.map(([, line]) => line)).toMatchObject([
      { route: '/webhooks/{source}/{key}', integration: json.id, status: 202, signals: 1 },
      { route: '/webhooks/{source}/{key}', status: 403, signals: 0 },
    ]);
    expect(JSON.stringify(info.mock.calls)).not.toMatch(/canary|c{32}/);
  });

  it('names a POST by what the gateway chose, not by what its sender wrote into a header', async () => {
    const { json } = await create('generic');
    const event = httpEvent({ method: 'POST', path: new URL(json.url).pathname, body: { title: 'x' } });
    Object.assign(event.requestContext, { requestId: 'chosen-by-sender', extendedRequestId: 'gateway' });
    const { body } = await receive(event, lambdaContext);
    expect(JSON.parse(body).receipt).toBe('gateway');
  });
});
