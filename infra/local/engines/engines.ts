import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Engines, World } from '../resource.ts';
import { startTables, type TableEngine } from './dynoxide.ts';
import type { JsonEngine } from './json-engine.ts';
import { startModels } from './models.ts';
import { startParameters } from './parameters.ts';
import { type QueueEngine, startQueues } from './queue-engine.ts';
import { type SecretEngine, startSecrets } from './secrets.ts';
import type { Served } from './serve.ts';
import { type ShimmedWorker, startShimmed } from './shimmed-worker.ts';
import { startTextMessages } from './text-messages.ts';

/** All engines of a local system. */
export interface RunningEngines {
  readonly addresses: Engines;
  readonly tables: TableEngine;
  readonly queues: QueueEngine;
  readonly secrets: SecretEngine;
  /** Resolves when one of them ends although nobody stopped it. */
  readonly died: Promise<Error>;
  stop(): Promise<void>;
}

/** What engines are started over. */
interface Ground {
  /** The folder that keeps their content. */
  readonly data: string;
  readonly account: World['account'];
  readonly clock: Clock;
  readonly consumed: ReadonlyMap<string, bigint>;
  /** Where models answer, if not here. */
  readonly models?: string | undefined;
}

/** Starts the engines, all at once. */
export async function startEngines(ground: Ground): Promise<RunningEngines> {
  const started = await Promise.allSettled(starting(ground));
  const failed = started.find((one) => one.status === 'rejected');
  const stop = async () => {
    await Promise.all(started.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
  };
  const [tables, queues, mail, secrets, parameters, texts, models] = started.map((one) =>
    one.status === 'fulfilled' ? one.value : undefined,
  ) as [TableEngine, QueueEngine, ShimmedWorker, SecretEngine, JsonEngine, JsonEngine, Served];
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return {
    addresses: {
      dynamodb: tables.endpoint,
      sqs: queues.endpoint,
      s3: queues.endpoint,
      ses: `http://127.0.0.1:${String(mail.ready)}`,
      sns: texts.endpoint,
      secrets: secrets.endpoint,
      ssm: parameters.endpoint,
      bedrock: ground.models ?? models.endpoint,
    },
    tables,
    queues,
    secrets,
    died: Promise.race([tables.died, queues.died, mail.died]),
    stop,
  };
}

const starting = ({ data, account, clock, consumed }: Ground) => [
  startTables(join(data, 'tables'), consumed),
  startQueues(join(data, 'queues'), account.region, clock),
  startShimmed(new URL('./mail-thread.ts', import.meta.url), {}, clock),
  startSecrets(join(data, 'secrets.json')),
  startParameters({ file: join(data, 'parameters.json'), account, now: clock.now }),
  startTextMessages(clock.now),
  startModels(),
];
