import type { Clock } from '../clock.ts';

/** A record as the engine's GetRecords gives it. */
export interface EngineRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    readonly [member: string]: unknown;
  };
}

/** A record as Lambda delivers it. */
export interface StreamRecord extends EngineRecord {
  readonly awsRegion: string;
  readonly eventSource: 'aws:dynamodb';
  readonly eventSourceARN: string;
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
}

/** Items that the expiry sweep deletes, with the readers that already know. */
export type Expired = Map<string, Set<string>>;

/** Names an item of a table among the expired. */
export function itemName(table: string, keys: Readonly<Record<string, unknown>>): string {
  return `${table} ${JSON.stringify(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}

/** Sequence numbers of AWS compare as text; the engine's short ones do not, so they are padded. */
export function paddedSequence(sequence: string): string {
  return sequence.padStart(21, '0');
}

/** Turns the engine's record into what AWS would deliver, on the moved clock. */
export function deliverable(
  record: EngineRecord,
  stream: { readonly reader: string; readonly table: string; readonly arn: string; readonly region: string },
  clock: Clock,
  expired: Expired,
): StreamRecord {
  const { dynamodb } = record;
  const offset = (clock.now() - Date.now()) / 1_000;
  const told = record.eventName === 'REMOVE' ? expired.get(itemName(stream.table, dynamodb.Keys)) : undefined;
  const removed = told !== undefined && !told.has(stream.reader);
  told?.add(stream.reader);
  return {
    ...record,
    awsRegion: stream.region,
    eventSource: 'aws:dynamodb',
    eventSourceARN: stream.arn,
    dynamodb: {
      ...dynamodb,
      SequenceNumber: paddedSequence(dynamodb.SequenceNumber),
      ApproximateCreationDateTime: Math.floor(dynamodb.ApproximateCreationDateTime + offset),
    },
    ...(removed && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
  };
}
