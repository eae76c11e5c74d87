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
export async function queueTarget(): Promise<Target & { readonly url: string; readonly client: SQSClient }> {
  const url = process.env.CONTRACT_QUEUE_URL;
  if (url !== undefined) {
    const client = new SQSClient();
    return { real: true, url, client, stop: async () => client.destroy() };
  }
  const engine = await bucketEngine();
  Object.assign(process.env, { ...local, AWS_ENDPOINT_URL_SQS: engine.url });
  const client = new SQSClient();
  await client.send(new CreateQueueCommand({ QueueName: 'Contract' }));
  const stop = async () => {
    client.destroy();
    await engine.stop();
  };
  return { real: false, url: `${engine.url}/000000000000/Contract`, client, stop };
}

/** The verified address of CONTRACT_MAIL_FROM, which mails the simulator of SES, else the local engine. */
export async function mailTarget(): Promise<Target & { readonly engine: string }> {
  const from = process.env.CONTRACT_MAIL_FROM;
  process.env[env.mailFrom] = from ?? 'pages@example.com';
  if (from !== undefined) return { real: true, engine: '', stop: nothing };
  const { url, stop } = await mailEngine();
  Object.assign(process.env, { ...local, AWS_ENDPOINT_URL_SES: url });
  return { real: false, engine: url, stop };
}

/** The sockets of CONTRACT_SOCKET_ENDPOINT, to which nobody is connected, else the local gateway and one connection. */
export async function socketTarget() {
  const endpoint = process.env.CONTRACT_SOCKET_ENDPOINT;
  if (endpoint !== undefined) {
    process.env[env.socketEndpoint] = endpoint;
    return { real: true, stop: nothing, connect: undefined };
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
    return { id: ids.at(-1) ?? '', socket, frames, leave };
  };
  return { real: false, stop: () => api.stop(), connect };
}
