import { EngineError, type JsonClient } from '../engines/json-client.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { EngineRecord } from './record.ts';

type Answer = { Records: EngineRecord[]; NextShardIterator?: string };
type Described = { StreamDescription: { Shards: { ShardId: string }[] } };

/** Reads the stream of one table in order, from behind a checkpoint, else from where its mapping begins. */
export class ShardCursor {
  readonly #client: JsonClient;
  readonly #table: string;
  readonly #start: string;
  readonly #checkpoint: () => Checkpoint | undefined;
  #shard: string;
  #iterator: string | undefined;
  #streamArn: string | undefined;

  constructor(client: JsonClient, table: string, start: string, checkpoint: () => Checkpoint | undefined) {
    this.#client = client;
    this.#table = table;
    this.#start = start;
    this.#checkpoint = checkpoint;
    this.#shard = checkpoint()?.shard ?? '';
  }

  /** The shard that is being read. */
  get shard(): string {
    return this.#shard;
  }

  /** Goes back behind the checkpoint, for what was read since could not be handled. */
  rewind(): void {
    this.#iterator = undefined;
  }

  /** The next records, up to `limit`; none at the end. */
  async read(limit: number): Promise<readonly EngineRecord[]> {
    this.#iterator ??= await this.#open();
    try {
      const answer = await this.#client.call<Answer>('GetRecords', {
        ShardIterator: this.#iterator,
        Limit: limit,
      });
      this.#iterator = answer.NextShardIterator ?? (await this.#openNext());
      return answer.Records;
    } catch (error) {
      this.#iterator = undefined;
      if (error instanceof EngineError && /Iterator|Trimmed/.test(error.name)) return [];
      throw error;
    }
  }

  async #open(): Promise<string> {
    const shards = await this.#shards();
    const position = this.#checkpoint();
    if (position !== undefined && shards.includes(position.shard)) {
      this.#shard = position.shard;
      return this.#iteratorOf({
        ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
        SequenceNumber: position.sequence,
      });
    }
    this.#shard = shards[0] ?? '';
    return this.#iteratorOf({ ShardIteratorType: this.#start });
  }

  /** A shard that was closed goes on in the one after it; at the last one there is nothing more yet. */
  async #openNext(): Promise<string | undefined> {
    const shards = await this.#shards();
    const next = shards[shards.indexOf(this.#shard) + 1];
    if (next === undefined) return undefined;
    this.#shard = next;
    return this.#iteratorOf({ ShardIteratorType: 'TRIM_HORIZON' });
  }

  async #shards(): Promise<readonly string[]> {
    this.#streamArn ??= await findStream(this.#client, this.#table);
    const input = { StreamArn: this.#streamArn };
    const { StreamDescription } = await this.#client.call<Described>('DescribeStream', input);
    return StreamDescription.Shards.map((one) => one.ShardId);
  }

  async #iteratorOf(position: object): Promise<string> {
    const input = { StreamArn: this.#streamArn, ShardId: this.#shard, ...position };
    return (await this.#client.call<{ ShardIterator: string }>('GetShardIterator', input)).ShardIterator;
  }
}

async function findStream(client: JsonClient, table: string): Promise<string> {
  const { Streams } = await client.call<{ Streams: { StreamArn: string }[] }>('ListStreams', {
    TableName: table,
  });
  const arn = Streams[0]?.StreamArn;
  if (arn === undefined) throw new Error(`The table ${table} has no stream`);
  return arn;
}
