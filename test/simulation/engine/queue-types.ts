/** How often the queues misbehave: probabilities for each call or message, 0 when left out. */
export interface QueueFaults {
  /** A call is throttled and does nothing. */
  readonly throttle?: number;
  /** A call answers InternalError and does nothing. */
  readonly failBefore?: number;
  /** A call is done and answers InternalError. */
  readonly failAfter?: number;
  /** An entry of a batch fails by itself. */
  readonly partial?: number;
  /** A message that is received can be received by others too. */
  readonly duplicate?: number;
  /** A deleted message comes back when its visibility time-out ends. */
  readonly undeleted?: number;
}

/** How a queue is built. */
export interface QueueShape {
  /** How often a message is received before it goes to the dead letters; for ever when left out. */
  readonly maxReceives?: number;
  /** Seconds for which a received message is hidden; 30 when left out. */
  readonly visibility?: number;
  /** The queue of the dead letters; the queue's name and `-dead` when left out. */
  readonly deadLetters?: string;
}

/** A message as it is stored; instants in milliseconds since the epoch. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly group: string | undefined;
  readonly sentAt: number;
  /** When it can be received; it may be in the past. */
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceivedAt: number | undefined;
}
