import { watch } from 'node:fs';
import { join } from 'node:path';
import type { AttributeValue } from 'aws-lambda';
import { itemOf } from '../../functions/aws/stream-image.ts';
import { jsonClient } from '../../infra/local/engines/json-client.ts';
import type { EngineRecord } from '../../infra/local/streams/record.ts';
import { ShardCursor } from '../../infra/local/streams/shard.ts';
import type { LocalSystem } from '../../infra/local/system.ts';
import { now } from './clock.ts';
import type { Mark } from './contender.ts';
import { tokensIn } from './webhook.ts';

/**
 * Marks from the stream of the table: an incident is stored when its opening can be read there, its mail accepted when the
 * delivery is marked as sent. Both are late by the reading, and nothing stands between the functions and the engines.
 */
export async function marksFromStream(system: LocalSystem, heard: (mark: Mark) => void): Promise<() => void> {
  const { engines, environment, data } = system;
  const [table] = system.all('AWS::DynamoDB::GlobalTable');
  const client = jsonClient(engines.dynamodb, 'DynamoDBStreams_20120810', environment.AWS_REGION ?? '');
  const cursor = new ShardCursor(client, table?.identity.ref ?? '', 'TRIM_HORIZON', () => undefined);
  const tokens = new Map<unknown, string>();
  const hear = ({ eventName, dynamodb }: EngineRecord): void => {
    const item = itemOf((dynamodb.NewImage ?? {}) as Record<string, AttributeValue>);
    const opened = item.kind === 'incident' && eventName === 'INSERT';
    if (opened) for (const token of tokensIn(JSON.stringify(item))) tokens.set(item.pk, token);
    const token = tokens.get(item.pk);
    const sent = item.kind === 'delivery' && item.state === 'sent';
    if (token !== undefined && (opened || sent))
      heard({ token, what: opened ? 'stored' : 'mailed', at: now() });
  };
  const readToEnd = async (): Promise<void> => {
    for (;;) {
      const records = await cursor.read(1_000);
      for (const record of records) hear(record);
      if (records.length === 0) return;
    }
  };
  const wake = oneAtATime(readToEnd);
  await wake();
  const watcher = watch(join(data, 'tables'), () => void wake());
  return () => {
    watcher.close();
    client.close();
  };
}

/** One run after another; who asks during a run gets one more. */
function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let current = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= current.then(() => {
      next = undefined;
      current = run();
      return current;
    });
    return next;
  };
}
