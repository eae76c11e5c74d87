import { clock } from '../../../functions/aws/clock.ts';
import { client } from '../../../functions/aws/dynamodb/client.ts';
import { startProxyAlone } from '../../../infra/local/proxy/alone.ts';
import type { EngineCall } from '../../../infra/local/proxy/call.ts';
import { startDynamoDb } from '../dynamodb.ts';
import { calm, type Disturbance } from './disturbance.ts';
import { letDie } from './mortals.ts';

/** The table engine behind the proxy, for the adapters of this process. */
export interface FaultyTable {
  /** The engine itself, where nothing goes wrong. */
  readonly endpoint: string;
  /** From now on this goes wrong. */
  disturb(what: Disturbance): void;
  stop(): Promise<void>;
}

/** Starts the engine and the proxy, and points the adapters at the proxy. They wait for nothing between two attempts. */
export async function startFaultyTable(): Promise<FaultyTable> {
  const engine = await startDynamoDb();
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '';
  let what = calm;
  const befalls = { faults: (call: EngineCall) => what.befalls(call) };
  const proxy = await startProxyAlone('dynamodb', endpoint, befalls, () => undefined);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: proxy.address,
    AWS_ACCESS_KEY_ID: 'local-Detect-1',
  });
  letDie(client);
  clock.pause = () => new Promise((resolve) => setImmediate(resolve));
  return {
    endpoint,
    disturb(next) {
      what = next;
    },
    async stop() {
      await proxy.stop();
      await engine.stop();
    },
  };
}
