import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { NameOf } from './about.ts';
import { bucketOf } from './bucket.ts';
import { type QueuePair, redriveQueue } from './dead-letters.ts';
import { redriveRecords } from './given-up.ts';
import { type IncidentIds, incidentNames } from './incident-names.ts';
import { oneOf, type Target } from './target.ts';

/** What failed for good and can be tried again: dead letters by queue, and records that stream readers gave up. */
export const redrivable = [
  'alerts',
  'escalation',
  'delivery',
  'room',
  'publish',
  'mailing',
  'runbooks',
  'stream',
] as const;
export type Redrivable = (typeof redrivable)[number];

/** How a redrive goes about it. */
export interface RedriveOptions {
  /** Only tells what it would do. */
  readonly dryRun: boolean;
  /** Hears one line about each thing. */
  readonly tell: (line: string) => void;
  /** Finds what people call an incident. @default nobody knows */
  readonly nameOf?: NameOf;
}

/** How many were moved, or would be, and how many could not be. */
export interface Redriven {
  readonly moved: number;
  readonly left: number;
}

/** Tries again what failed for good. Doing it twice, at once, or again after it was stopped in the middle changes nothing. */
export async function redrive(target: Target, what: Redrivable, options: RedriveOptions): Promise<Redriven> {
  const names = incidentNames(target, options.tell);
  const named = { nameOf: (ids: IncidentIds) => names.of(ids), ...options };
  return redriven(target, what, named).finally(() => names.close());
}

async function redriven(target: Target, what: Redrivable, options: RedriveOptions): Promise<Redriven> {
  if (what === 'stream') {
    const lambda = new LambdaClient(target.clientConfig('lambda'));
    const readers = target.resources('AWS::Lambda::Function').map(({ physical }) => physical);
    const bucket = bucketOf(target, oneOf(target, 'AWS::S3::Bucket', 'StoresUndelivered'));
    return redriveRecords(lambda, bucket, readers, options).finally(() => lambda.destroy());
  }
  const sqs = new SQSClient(target.clientConfig('sqs'));
  return redriveQueue(sqs, pairOf(target, what), options).finally(() => sqs.destroy());
}

function pairOf(target: Target, name: Exclude<Redrivable, 'stream'>): QueuePair {
  const id = `Stores${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const queue = (part: string) => oneOf(target, 'AWS::SQS::Queue', `${id}${part}`);
  return { queue: queue('Queue'), deadLetters: queue('DeadLetters') };
}
