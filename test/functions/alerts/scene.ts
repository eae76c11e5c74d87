import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { clock } from '../../../functions/aws/clock.ts';
import { toContext } from '../../../functions/edge/caller.ts';
import { type AlertSource, type Source, sources, type Verification } from '../../../shared/alerts/index.ts';
import { idOf, type Role } from '../../../shared/kernel/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { T0 } from '../../support/given.ts';
import { httpEvent, lambdaContext, type TestRequest } from '../../support/http-event.ts';
import { watchProcess } from '../../support/watched-process.ts';

type Handler = typeof import('../../../functions/alerts/routes.ts').handler;

/** A source whose bodies are signed, as most are whose product makes the secret up. */
export const signing = {
  ...{ scheme: 'hmac', header: 'x-trial-signature', prefix: 'v1=', several: true, secretBy: 'source' },
} as const satisfies Verification;

/** Lets a source prove its bodies otherwise, until the end of the test file. */
export function provedBy(source: Source, verification: Verification): () => void {
  const one = sources[source] as { verification: AlertSource['verification'] };
  const before = one.verification;
  one.verification = verification;
  return () => {
    one.verification = before;
  };
}

/** The REST functions and the receiving one over a real table; Parameter Store, S3 and the queue are maps and lists. */
export async function startScene() {
  const engine = await startDynamoDb();
  Object.assign(process.env, {
    [env.alertsUrl]: 'https://alerts.example/',
    [env.consoleUrl]: 'https://console.example',
    [env.alertQueue]: 'https://sqs.example/1/Alerts',
    [env.integrationParameters]: '/incident-management/Stack/integrations',
    [env.deliveryBucket]: 'deliveries',
    [env.inboundDomain]: 'none',
    [env.allowedEndpoints]: 'none',
  });
  const { now } = clock;
  const scene = { now: T0, parametersDown: false, filesDown: false, reads: 0 };
  clock.now = () => scene.now;
  const parameters = new Map<string, string>();
  const files = new Map<string, string>();
  const ssm = parameterStore(parameters, scene);
  const s3 = fileStore(files, scene);
  const sent: { body: Record<string, unknown>; delaySeconds: number }[] = [];
  const sqs = mockClient(SQSClient);
  const watched = await watchProcess();
  sqs.on(SendMessageBatchCommand).callsFake(({ Entries = [] }: SendMessageBatchCommand['input']) => {
    for (const { MessageBody = '', DelaySeconds: delaySeconds = 0 } of Entries ?? [])
      sent.push({ body: JSON.parse(MessageBody), delaySeconds });
    watched.sends('Alerts');
    return { Successful: [] };
  });
  const alerts: Handler = (await import('../../../functions/alerts/routes.ts')).handler;
  const receive: Handler = (await import('../../../functions/alerts/receive.http.ts')).handler;
  const handlers = { Alerts: watched.as('Alerts', alerts), Receive: watched.as('Receive', receive) };
  let receipts = 0;
  async function call(name: keyof typeof handlers, request: TestRequest) {
    const event = httpEvent(request);
    Object.assign(event.requestContext, { extendedRequestId: `receipt-${++receipts}` });
    const { statusCode: status, headers, body: text } = await handlers[name](event, lambdaContext);
    return { status, headers, text, json: text === '' ? undefined : JSON.parse(text) };
  }
  return Object.assign(scene, {
    ...{ parameters, files, sent },
    api: (method: string, path: string, body?: unknown, more: Partial<TestRequest> = {}) =>
      call('Alerts', { method, path, authorizer: as('a'), ...(body !== undefined && { body }), ...more }),
    post: (url: string, body: unknown, headers: Record<string, string> = {}) =>
      call('Receive', { method: 'POST', path: new URL(url).pathname, body, headers }),
    async stop() {
      clock.now = now;
      for (const mock of [ssm, s3, sqs]) mock.restore();
      await engine.stop();
      watched.stop();
    },
  });
}

/** What the authorizer says of a member of an organisation. */
export const as = (organisation: string, role: Role = 'manager') => {
  const org = idOf('organisation', 0, organisation);
  const membership = { org, person: idOf('person', 0, 'ann'), name: 'Ann', role };
  const person = { kind: 'person', issuer: 'https://issuer.example', subject: 'ann', name: 'Ann' } as const;
  return toContext({ ...person, membership });
};

interface Trouble {
  parametersDown: boolean;
  filesDown: boolean;
  reads: number;
}

function parameterStore(kept: Map<string, string>, scene: Trouble) {
  const ssm = mockClient(SSMClient);
  const up = () => {
    if (scene.parametersDown) throw new Error('Rate exceeded for canary-parameter');
  };
  ssm.on(PutParameterCommand).callsFake(({ Name, Value }) => {
    up();
    kept.set(Name, Value);
    return {};
  });
  ssm.on(GetParameterCommand).callsFake(({ Name }) => {
    scene.reads += 1;
    up();
    const Value = kept.get(Name);
    if (Value === undefined) throw new ParameterNotFound({ message: '', $metadata: {} });
    return { Parameter: { Value } };
  });
  ssm.on(DeleteParameterCommand).callsFake(({ Name }) => {
    up();
    kept.delete(Name);
    return {};
  });
  return ssm;
}

function fileStore(kept: Map<string, string>, scene: Trouble) {
  const s3 = mockClient(S3Client);
  s3.on(PutObjectCommand).callsFake(({ Key = '', Body }: PutObjectCommandInput) => {
    if (scene.filesDown) throw new Error('Slow down canary-bucket');
    kept.set(Key, String(Body));
    return {};
  });
  s3.on(ListObjectsV2Command).callsFake(({ Prefix, MaxKeys }) => {
    const keys = [...kept.keys()].filter((key) => key.startsWith(Prefix)).sort();
    return { Contents: keys.slice(0, MaxKeys).map((Key) => ({ Key })) };
  });
  s3.on(GetObjectCommand).callsFake(({ Key }) => ({
    Body: { transformToString: async () => kept.get(Key) },
  }));
  return s3;
}
