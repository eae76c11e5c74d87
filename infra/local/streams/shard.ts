import { EngineError, type JsonClient } from '../engines/json-client.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { EngineRecord } from './record.ts';

/** Reads the stream of one table in order. */
export interface ShardCursor {
  /** The shard that is being read. */
  readonly shard: string;
  /** The next records, up to `limit`; none at the end. */
  read(limit: number): Promise<readonly EngineRecord[]>;
  /** Goes back behind the checkpoint, for what was read since could not be handled. */
  rewind(): void;
}

type Answer = { Records: EngineRecord[]; NextShardIterator?: string };
type Described = { StreamDescription: { Shards: { ShardId: string }[] } };

/** A cursor after the checkpoint, else at the starting position of the mapping. */
export function shardCursor(
  client: JsonClient,
  table: string,
  start: string,
  checkpoint: () => Checkpoint | undefined,
): ShardCursor {
  let shard = checkpoint()?.shard ?? '';
  let iterator: string | undefined;
  let streamArn = '';

  const open = async (after?: string): Promise<string> => {
    if (streamArn === '') streamArn = await findStream(client, table);
    const { StreamDescription } = await client.call<Described>('DescribeStream', { StreamArn: streamArn });
    const shards = StreamDescription.Shards.map((one) => one.ShardId);
    const next = after === undefined ? undefined : shards[shards.indexOf(after) + 1];
    const position = checkpoint();
    const resumed =
      after === undefined && position !== undefined && shards.includes(position.shard) ? position : undefined;
    shard = resumed?.shard ?? next ?? shards[0] ?? '';
    const { ShardIterator } = await client.call<{ ShardIterator: string }>('GetShardIterator', {
      StreamArn: streamArn,
      ShardId: shard,
      ...(resumed
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: resumed.sequence }
        : { ShardIteratorType: after === undefined ? start : 'TRIM_HORIZON' }),
    });
    return ShardIterator;
  };

  return {
    get shard() {
      return shard;
    },
    rewind() {
      iterator = undefined;
    },
    async read(limit) {
      iterator ??= await open();
      try {
        const answer = await client.call<Answer>('GetRecords', { ShardIterator: iterator, Limit: limit });
        iterator = answer.NextShardIterator ?? (await open(shard));
        return answer.Records;
      } catch (error) {
        iterator = undefined;
        if (error instanceof EngineError && /Iterator|Trimmed/.test(error.name)) return [];
        throw error;
      }
    },
  };
}

async function findStream(client: JsonClient, table: string): Promise<string> {
  const { Streams } = await client.call<{ Streams: { StreamArn: string }[] }>('ListStreams', {
    TableName: table,
  });
  const arn = Streams[0]?.StreamArn;
  if (arn === undefined) throw new Error(`The table ${table} has no stream`);
  return arn;
}
