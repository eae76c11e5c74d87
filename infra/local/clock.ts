/** The one clock of a local system: real time plus an offset that only the runner moves. */
export interface Clock {
  /** Milliseconds since the epoch, as every part of the local system sees it. */
  now(): number;
  /** The offset in milliseconds, shared with worker threads. */
  readonly shared: SharedArrayBuffer;
}
