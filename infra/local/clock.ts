/** The one clock of a local system: real time plus an offset that only the runner moves. */
export interface Clock {
  /** Milliseconds since the epoch, as every part of the local system sees it. */
  now(): number;
  /** The offset in milliseconds, shared with worker threads. */
  readonly shared: SharedArrayBuffer;
}

/** A clock that its owner may move forward, never back. */
export interface MovingClock extends Clock {
  /** Moves the clock forward by this many milliseconds. */
  move(milliseconds: number): void;
}

/** A clock that runs with real time, beginning now or at the given instant. */
export function movingClock(at?: number): MovingClock {
  const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const offset = new Float64Array(shared);
  offset[0] = at === undefined ? 0 : at - Date.now();
  return {
    shared,
    now: () => Date.now() + (offset[0] ?? 0),
    move(milliseconds) {
      if (!(milliseconds >= 0)) throw new RangeError(`The clock only moves forward, got ${milliseconds} ms`);
      offset[0] = (offset[0] ?? 0) + Math.round(milliseconds);
    },
  };
}
