import { randomUUID } from 'node:crypto';
import type { Core } from '../core.ts';
import { jsonClient } from '../engines/json-client.ts';
import type { InvocationResult } from '../resource.ts';
import type { StreamRecord } from './record.ts';

/** Where records go that a function refused to the end. */
export type FailureDestination = (
  records: readonly StreamRecord[],
  attempts: number,
  last: InvocationResult,
) => Promise<void>;

/** What the report about a lost batch says about its source. */
export interface FailureSource {
  readonly mapping: string;
  readonly functionArn: string;
  readonly shard: () => string;
}

/** The destination of an ARN: a bucket gets the records themselves, a queue only where they were. */
export function failureDestination(
  arn: string | undefined,
  source: FailureSource,
  world: Core,
): FailureDestination {
  const [, , service, , , name] = (arn ?? '').split(':');
  const drop = (records: readonly StreamRecord[]) =>
    world.log(`${source.mapping}: ${records.length} stream records were given up`);
  if (arn === undefined) return async (records) => drop(records);
  if (service === 's3') {
    return async (records, attempts, last) => {
      drop(records);
      const at = new Date(world.clock.now()).toISOString();
      const day = at.slice(0, 10).replaceAll('-', '/');
      const key = `aws/lambda/${source.mapping}/${source.shard()}/${day}/${at.slice(0, 19).replaceAll(':', '.')}-${randomUUID()}`;
      const body = JSON.stringify({
        ...report(records, attempts, last, source, at),
        payload: JSON.stringify({ Records: records }),
      });
      const answer = await fetch(`${world.engines.s3}/${name}/${key}`, { method: 'PUT', body });
      if (!answer.ok) throw new Error(`${source.mapping}: ${arn} answered ${answer.status}`);
    };
  }
  if (service === 'sqs') {
    const client = jsonClient(world.engines.sqs, 'AmazonSQS', world.account.region);
    return async (records, attempts, last) => {
      drop(records);
      const at = new Date(world.clock.now()).toISOString();
      const QueueUrl = `${world.engines.sqs}/${world.account.id}/${name}`;
      await client.call('SendMessage', {
        QueueUrl,
        MessageBody: JSON.stringify(report(records, attempts, last, source, at)),
      });
    };
  }
  throw new Error(`${source.mapping}: the local runner has no failure destination ${arn}`);
}

function report(
  records: readonly StreamRecord[],
  attempts: number,
  last: InvocationResult,
  source: FailureSource,
  timestamp: string,
): Record<string, unknown> {
  const numbers = records.map((record) => record.dynamodb.SequenceNumber).sort();
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: source.functionArn,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: last.ok ? null : 'Unhandled',
    },
    version: '1.0',
    timestamp,
    DDBStreamBatchInfo: {
      shardId: source.shard(),
      startSequenceNumber: numbers[0],
      endSequenceNumber: numbers.at(-1),
      batchSize: records.length,
      streamArn: records[0]?.eventSourceARN,
    },
  };
}
