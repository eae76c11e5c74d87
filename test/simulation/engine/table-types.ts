/** An attribute's value as lib-dynamodb gives it. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | ReadonlySet<string>
  | ReadonlySet<number>
  | readonly Value[]
  | { readonly [name: string]: Value };

/** An item as it is stored: never changed, always replaced. */
export interface StoredItem {
  readonly pk: string;
  readonly sk: string;
  readonly [attribute: string]: Value;
}

export type Key = Pick<StoredItem, 'pk' | 'sk'>;

/** How often the table misbehaves: probabilities for each call, 0 when left out. */
export interface TableFaults {
  /** A call answers ProvisionedThroughputExceeded (a transaction: cancelled as throttled) and does nothing. */
  readonly throttle?: number;
  /** A write or transaction meets another transaction. */
  readonly conflict?: number;
  /** A call answers InternalServerError and does nothing. */
  readonly failBefore?: number;
  /** A call is done and answers InternalServerError. */
  readonly failAfter?: number;
  /** Each key of a BatchGet is left unprocessed. */
  readonly unprocessed?: number;
  /** A read that did not ask for consistency gives what was before the last change, when that is younger than 1 s. */
  readonly stale?: number;
  /** The longest that a change takes to be seen in the indexes, in milliseconds. */
  readonly indexLag?: number;
  /** That an expired item stays although `expire` is called. */
  readonly lateExpiry?: number;
}

/** An attribute's value in the form in which Lambda delivers it. */
export type StreamValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly B: string }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly L: readonly StreamValue[] }
  | { readonly M: Readonly<Record<string, StreamValue>> };

export type StreamImage = Readonly<Record<string, StreamValue>>;

/** One change of one item, in the order of commit from 1. Items are readonly and shared: do not change them. */
export interface Change {
  readonly sequence: number;
  readonly at: number;
  readonly key: Key;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
  /** True when TTL deleted it. */
  readonly expired: boolean;
}

/** A change as the event source mapping of the stack sees it: with the new image only. */
export interface StreamRecord {
  readonly sequence: number;
  readonly at: number;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: StreamImage;
  readonly newImage?: StreamImage;
  readonly expired: boolean;
}
