import { clock } from '../../../functions/aws/clock.ts';
import { client } from '../../../functions/aws/dynamodb/client.ts';
import { startDynamoDb } from '../dynamodb.ts';
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
import { letDie } from './mortals.ts';

/** The table engine behind the proxy, for the adapters of this process. */
export interface FaultyTable extends Omit<FaultyProxy, 'address'> {
  /** The engine itself, where nothing goes wrong. */
  readonly endpoint: string;
}

/** Starts the engine and the proxy, and points the adapters at the proxy. They wait for nothing between two attempts. */
export async function startFaultyTable(): Promise<FaultyTable> {
  const engine = await startDynamoDb();
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '';
  const proxy = await startFaultyProxy('dynamodb', endpoint);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: proxy.address,
    AWS_ACCESS_KEY_ID: 'local-Detect-1',
  });
  letDie(client);
  clock.pause = () => new Promise((resolve) => setImmediate(resolve));
  return {
    endpoint,
    disturb: proxy.disturb,
    async stop() {
      await proxy.stop();
      await engine.stop();
    },
  };
}
