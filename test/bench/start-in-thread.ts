import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { movingClock } from '../../infra/local/clock.ts';
import { findHandler } from '../../infra/local/lambda/handler.ts';
import type { Birth, Report } from '../../infra/local/lambda/protocol.ts';
import { functionVariables } from '../../infra/local/variables.ts';
import type { Bundle } from './bundles.ts';
import { now } from './clock.ts';

const nowhere = 'http://127.0.0.1:9';
const variables = functionVariables(
  { id: '000000000000', region: 'us-east-1', suffix: 'amazonaws.com' },
  {
    dynamodb: nowhere,
    sqs: nowhere,
    s3: nowhere,
    ses: nowhere,
    sns: nowhere,
    secrets: nowhere,
    ssm: nowhere,
    bedrock: nowhere,
  },
);
const bootstrap = new URL('../../infra/local/lambda/bootstrap.ts', import.meta.url);

/** Milliseconds until the handler of a bundle is ready, in a thread with the runner's bootstrap and limits. */
export async function startInThread({
  folder,
  handler,
  memoryMegabytes,
  environment,
}: Bundle): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  const birth: Birth = {
    ...findHandler(folder, handler),
    clock: movingClock().shared,
    gate: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
    port: port2,
  };
  const reported = once(port1, 'message') as Promise<[Report]>;
  const begun = now();
  const worker = new Worker(bootstrap, {
    workerData: birth,
    transferList: [port2],
    env: { ...variables, AWS_ACCESS_KEY_ID: 'local-bench', AWS_SECRET_ACCESS_KEY: 'local', ...environment },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 16 },
  });
  const [report] = await reported;
  const took = now() - begun;
  port1.close();
  await worker.terminate();
  if (report.kind !== 'ready') throw new Error(`${handler} does not start: ${JSON.stringify(report)}`);
  return took;
}
