/** What an engine in memory needs from its world. */
export interface World {
  /** The present time, in milliseconds since the epoch. */
  now(): number;
  /** A number from 0 up to, but not including, 1. Asked for only where a fault may happen or an order is free. */
  chance(): number;
}

/** An engine in memory that speaks as an AWS service does below the SDK's client. */
export interface Engine {
  /**
   * Does one call at once: the answer is a plain object of its own, a refusal is thrown as the SDK's exception.
   * `operation` is the command's class name without `Command`, such as `TransactWrite` or `SendMessageBatch`.
   */
  call(operation: string, input: unknown): unknown;
}

/** True with this probability. Draws nothing when it is zero, so that a fault that is off changes no other choice. */
export const happens = (rate: number, { chance }: World): boolean => rate > 0 && chance() < rate;
