import { once } from 'node:events';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { env } from '../../shared/wiring/index.ts';
import { startDynamoDb } from './dynamodb.ts';
import { fakeSocketApi } from './fake-socket-api.ts';
import { bucketEngine, mailEngine } from './test-engines.ts';

/** What a part of the contract suite runs against; `real` when an environment variable names something in an AWS account. */
export interface Target {
  readonly real: boolean;
  stop(): Promise<void>;
}

/** A queue with its address, and one whose messages become dead letters at their third receipt, where there is one. */
export interface QueueTarget extends Target {
  readonly url: string;
  readonly poisoned?: { readonly url: string; readonly deadLetters: string };
  readonly client: SQSClient;
}

/** A mail as its receiver has it. */
export interface KeptMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail provider; `kept` where one can look at what it sent. */
export interface MailTarget extends Target {
  readonly kept?: () => Promise<readonly KeptMail[]>;
}

/** A WebSocket API; `connect` where somebody can. Frames that arrive are collected. */
export interface SocketTarget extends Target {
  readonly connect?: () => Promise<{
    readonly id: string;
    readonly frames: readonly string[];
    leave(): Promise<void>;
  }>;
}

const local = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
const nothing = async () => undefined;

/** The table of CONTRACT_TABLE, else the local engine. */
export async function tableTarget(): Promise<Target> {
  const name = process.env.CONTRACT_TABLE;
  if (name === undefined) return { real: false, ...(await startDynamoDb()) };
  process.env[env.table] = name;
  return { real: true, stop: nothing };
}

/** The queue of CONTRACT_QUEUE_URL, which nobody else reads, else one of the local engine. */
export async function queueTarget(): Promise<QueueTarget> {
  const url = process.env.CONTRACT_QUEUE_URL;
  if (url !== undefined) {
    const client = new SQSClient();
    return { real: true, url, client, stop: async () => client.destroy() };
  }
  const engine = await bucketEngine();
  Object.assign(process.env, { ...local, AWS_ENDPOINT_URL_SQS: engine.url });
  const client = new SQSClient();
  const RedrivePolicy = JSON.stringify({
    maxReceiveCount: 2,
    deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:000000000000:Dead',
  });
  for (const QueueName of ['Contract', 'Dead']) await client.send(new CreateQueueCommand({ QueueName }));
  await client.send(new CreateQueueCommand({ QueueName: 'Poisoned', Attributes: { RedrivePolicy } }));
  const stop = async () => {
    client.destroy();
    await engine.stop();
  };
  const urlOf = (name: string) => `${engine.url}/000000000000/${name}`;
  const poisoned = { url: urlOf('Poisoned'), deadLetters: urlOf('Dead') };
  return { real: false, url: urlOf('Contract'), poisoned, client, stop };
}

/** The verified address of CONTRACT_MAIL_FROM, which mails the simulator of SES, else the local engine. */
export async function mailTarget(): Promise<MailTarget> {
  const from = process.env.CONTRACT_MAIL_FROM;
  process.env[env.mailFrom] = from ?? 'pages@example.com';
  if (from !== undefined) return { real: true, stop: nothing };
  const { url, stop } = await mailEngine();
  Object.assign(process.env, { ...local, AWS_ENDPOINT_URL_SES: url });
  return { real: false, stop, kept: () => keptBy(url) };
}

interface EngineMail {
  readonly subject: string;
  readonly from: string;
  readonly destination: { readonly to: readonly string[]; readonly bcc?: readonly string[] };
  readonly body: { readonly text: string; readonly html: string };
}

async function keptBy(engine: string): Promise<readonly KeptMail[]> {
  const { emails } = (await (await fetch(`${engine}/store`)).json()) as { emails: readonly EngineMail[] };
  return emails.map(({ destination, body, subject, from }) => {
    const to = [...destination.to, ...(destination.bcc ?? [])].join(', ');
    return { from, to, subject, ...body };
  });
}

/** The sockets of CONTRACT_SOCKET_ENDPOINT, to which nobody is connected, else the local gateway and one connection. */
export async function socketTarget(): Promise<SocketTarget> {
  const endpoint = process.env.CONTRACT_SOCKET_ENDPOINT;
  if (endpoint !== undefined) {
    process.env[env.socketEndpoint] = endpoint;
    return { real: true, stop: nothing };
  }
  const ids: string[] = [];
  const api = await fakeSocketApi({
    routes: {
      $connect: ({ requestContext }) => {
        ids.push(String((requestContext as { connectionId: string }).connectionId));
        return { statusCode: 200 };
      },
    },
  });
  Object.assign(process.env, { ...local, [env.socketEndpoint]: api.management });
  const connect = async () => {
    const { socket, frames } = await api.open();
    const leave = async () => {
      const gone = once(socket, 'close');
      socket.close();
      await gone;
    };
    return { id: ids.at(-1) ?? '', frames, leave };
  };
  return { real: false, stop: () => api.stop(), connect };
}
