import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, Context, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { clock } from '../../functions/aws/clock.ts';
import { toContext } from '../../functions/edge/caller.ts';
import { type Instant, idOf, type OrganisationId, type Role } from '../../shared/kernel/index.ts';
import { env } from '../../shared/wiring/index.ts';
import { startDynamoDb } from './dynamodb.ts';
import { T0 } from './given.ts';
import { httpEvent, lambdaContext, type TestRequest } from './http-event.ts';
import { type WatchedProcess, watchProcess } from './watched-process.ts';

/** A message that a function sent, and to which queue. */
export interface SentMessage {
  readonly queue: string;
  readonly body: Record<string, unknown>;
  readonly delaySeconds: number;
}

export const queueUrl = (name: string): string => `https://sqs.eu-central-1.amazonaws.com/1/${name}`;

/** What functions find around them in a test: a real table, queues that only remember, a clock that stands still. */
export interface FunctionWorld {
  readonly sent: SentMessage[];
  setClock(now: Instant): void;
  /** Forgets what was sent. */
  forget(): void;
  /** The handler as this function runs it: the end of the world throws when its role in AWS would not let it. */
  readonly as: WatchedProcess['as'];
  stop(): Promise<void>;
}

/** Starts the world; the functions under test are imported after it, since they read their settings at once. */
export async function startWorld(): Promise<FunctionWorld> {
  const database = await startDynamoDb();
  process.env[env.bedrockModel] ??= 'none';
  process.env[env.bedrockGuardrail] ??= 'none';
  process.env[env.inboundDomain] ??= 'none';
  for (const variable of Object.values(env)) process.env[variable] ??= 'https://other.example.com';
  Object.assign(process.env, {
    [env.escalationQueue]: queueUrl('Escalation'),
    [env.deliveryQueue]: queueUrl('Delivery'),
    [env.roomQueue]: queueUrl('Room'),
    [env.socketEndpoint]: 'https://socket.example.com/live',
    [env.alertQueue]: queueUrl('Alerts'),
    [env.publishQueue]: queueUrl('Publish'),
    [env.mailingQueue]: queueUrl('Mailing'),
    [env.statusUrl]: 'https://status.example.com',
    [env.systemName]: 'Test',
    [env.consoleUrl]: 'https://console.example.com',
    [env.publicUrl]: 'https://pages.example.com',
    [env.alertsUrl]: 'https://alerts.example.com',
    [env.mailFrom]: 'pages@example.com',
    [env.secret]: 'arn:secret',
  });
  const watched = await watchProcess();
  const sent: SentMessage[] = [];
  const queues = mockClient(SQSClient);
  queues.on(SendMessageBatchCommand).callsFake((input: SendMessageBatchCommand['input']) => {
    for (const { MessageBody = '', DelaySeconds = 0 } of input.Entries ?? []) {
      const queue = input.QueueUrl?.split('/').at(-1) ?? '';
      watched.sends(queue);
      sent.push({ queue, body: JSON.parse(MessageBody), delaySeconds: DelaySeconds });
    }
    return { Successful: [], Failed: [] };
  });
  const { now } = clock;
  const setClock = (instant: Instant) => {
    clock.now = () => instant;
  };
  setClock(T0);
  return {
    sent,
    setClock,
    forget: () => sent.splice(0),
    as: watched.as,
    async stop() {
      clock.now = now;
      queues.restore();
      await database.stop();
      watched.stop();
    },
  };
}

/** What the authorizer says of a member of an organisation. */
export const memberOf = (org: OrganisationId, role: Role = 'responder') =>
  toContext({
    kind: 'person',
    issuer: 'https://issuer.example.com',
    subject: 'ann',
    name: 'Ann',
    membership: { org, person: idOf('person', T0, 'ann'), name: 'Ann', role },
  });

type HttpHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<{ statusCode: number; headers: Record<string, string>; body: string }>;

/** Calls a REST function; `body` is the parsed JSON where it is JSON. */
export async function call(handler: HttpHandler, request: TestRequest) {
  const { statusCode: status, headers, body: text } = await handler(httpEvent(request), lambdaContext);
  const json = headers['content-type']?.startsWith('application/json') === true;
  return { status, headers, text, body: json ? JSON.parse(text) : undefined };
}

/** The event of a queue with these messages; `receives` is how often each was received. */
export function queueEvent(queue: string, bodies: readonly unknown[], receives = 1): SQSEvent {
  const records = bodies.map((body, i) => ({
    messageId: `m${i}`,
    receiptHandle: `h${i}`,
    body: JSON.stringify(body),
    attributes: { SentTimestamp: String(T0), ApproximateReceiveCount: String(receives) },
    eventSourceARN: `arn:aws:sqs:eu-central-1:1:${queue}`,
  }));
  return { Records: records } as unknown as SQSEvent;
}
