import { join } from 'node:path';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { idOf } from '../../../shared/kernel/index.ts';
import { env, type FunctionName, functions } from '../../../shared/wiring/index.ts';
import { as } from '../../support/edge-verbs.ts';

const ARN = 'arn:aws:dynamodb:eu-central-1:123456789012:table/canary-table';
const TOKEN = 'canary-token-0123456789';
const BODY = 'canary-body';
const org = idOf('organisation', 0, 'canary');
const incident = idOf('incident', 0, 'canary');
const page = idOf('statusPage', 0, 'canary');

const engines = [
  mockClient(DynamoDBDocumentClient),
  mockClient(SQSClient),
  mockClient(ApiGatewayManagementApiClient),
  mockClient(S3Client),
];
const printed: unknown[] = [];

beforeAll(() => {
  for (const name of Object.values(env)) process.env[name] = 'https://console.example/queue';
  Object.assign(process.env, { TABLE_NAME: 'canary-table', AWS_REGION: 'eu-central-1' });
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...said) => void printed.push(...said));
});
afterAll(() => {
  vi.restoreAllMocks();
  for (const engine of engines) engine.restore();
});
beforeEach(() => {
  printed.length = 0;
  for (const engine of engines) {
    engine.reset();
    engine.rejects(new Error(`User is not authorized on ${ARN}`));
  }
});

const methodArn = 'arn:aws:execute-api:eu-central-1:1:api/live/GET/x';
const asked = {
  methodArn,
  headers: { Authorization: `Bearer imk_${TOKEN}` },
  queryStringParameters: { ticket: TOKEN },
};
const frame = {
  requestContext: {
    ...{ connectionId: 'canary-token-connection=', requestId: 'r', routeKey: '$default' },
    authorizer: {
      ...as('responder', 'canary@example.com'),
      ctx: JSON.stringify({ org, role: 'responder', actor: { kind: 'person', id: 'p' } }),
    },
  },
  body: JSON.stringify({ v: 1, type: 'join', incident, token: TOKEN, text: BODY }),
};
const step = { org, incident, generation: 1, step: 1 };
const records = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, i) => ({
    ...{ messageId: `m${i}`, receiptHandle: 'h', eventSourceARN: `arn:aws:sqs:eu-central-1:1:queue` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { SentTimestamp: '0', ApproximateReceiveCount: '1' },
  })),
});
const poison = [`{"title":"${BODY}`, { kind: 'unknown', text: BODY, token: TOKEN }];
const fact = {
  pk: { S: `O#${org}#I#${incident}` },
  sk: { S: 'F#000000000001' },
  kind: { S: 'fact' },
  org: { S: org },
  incidentId: { S: incident },
  data: { M: { title: { S: BODY }, next: { M: { step: { N: '1' }, dueAt: { N: '0' } } } } },
};
const stream = { Records: [{ dynamodb: { NewImage: { ...fact, type: { S: 'incident.opened' } } } }] };

const told = { type: 'status.told', occurredAt: 1, data: { text: BODY } };

/** What starts each function that no HTTP request starts, with secrets where the real ones are. */
const events: Readonly<Partial<Record<FunctionName, unknown>>> = {
  Authorize: asked,
  Ticket: asked,
  Connect: frame,
  Disconnect: frame,
  Message: frame,
  Detect: records(...poison, { kind: 'settle', org, hash: 'h', incident }),
  Escalate: records(...poison, { kind: 'escalate', ...step, dueAt: 0 }),
  Deliver: records(...poison, { kind: 'deliver', ...step, person: 'per_a', channel: 'email' }),
  Tidy: records(
    ...poison,
    { kind: 'away', org, incident, actor: 'per_a' },
    { kind: 'snapshot', org, incident },
    {
      kind: 'told',
      org,
      incident,
      actor: { kind: 'system', id: 'x' },
      cause: { id: 'f', depth: 2 },
      fact: told,
    },
  ),
  Execute: records(...poison, { kind: 'run', org, run: idOf('run', 0, 'canary') }),
  Publish: records(...poison, {
    kind: 'publish',
    page,
    root: true,
    seq: 1,
    data: { entries: [{ is: BODY }] },
  }),
  Mailing: records(...poison, {
    kind: 'confirm',
    org,
    page,
    subscriber: idOf('subscriber', 0, 'canary'),
    askedAt: 1,
  }),
  TakeEvents: {
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    id: 'e-1',
    detail: { alarmName: BODY },
  },
  ReceiveMail: {
    Records: [
      { ses: { mail: { messageId: 'm-1', source: BODY }, receipt: { recipients: [`${TOKEN}@x.example`] } } },
    ],
  },
  Refresh: {},
  Broadcast: stream,
  FanOut: stream,
  Sweep: {},
  Canary: {},
};

const inside = Object.entries(functions).filter(([, { trigger }]) => trigger !== 'http');
const root = join(import.meta.dirname, '../../../functions');

it('[F66] every function that no HTTP request starts is looked at', () => {
  expect(Object.keys(events).sort()).toEqual(inside.map(([name]) => name).sort());
});

it.each(inside)(
  '[F66] a fault of everything around %s leaves no key, token, ticket or body in its log, and no table or ARN in its answer',
  async (name, { entry, trigger }) => {
    const { handler } = await import(/* @vite-ignore */ join(root, `${entry}.ts`));
    const outcome = await handler(events[name as FunctionName], {}).then(
      (answer: unknown) => JSON.stringify(answer),
      (error: Error) => error.message,
    );
    expect(JSON.stringify(printed)).not.toMatch(/canary-token|canary-body|canary@/);
    expect(printed.length).toBeGreaterThan(0);
    // What a reader of the stream, a schedule or an event throws stays with AWS; the others' answers reach a gateway or a queue.
    if (!['stream', 'schedule', 'event'].includes(trigger)) expect(outcome).not.toMatch(/canary|arn:aws/);
  },
);
