import type { Engines } from '../resource.ts';

/** What a function or a tool calls: an engine, the connections of a socket API, or other functions. */
export type Service = keyof Engines | 'sockets' | 'lambda';

/** A call of a function, as the proxy sees it. */
export interface EngineCall {
  readonly service: Service;
  /** `PutItem`, `SendMessage`, `SendEmail`, `PostToConnection` …; for S3 the method and path, as in `PUT /bucket/key`. */
  readonly operation: string;
  /** Logical id of the function that calls. */
  readonly function: string;
  /** Which of the function's environments calls, numbered from 1 in the order of their birth. */
  readonly environment: number;
  readonly body: string;
}

/** What DynamoDB bills for a call: read and write request units, those of indexes included. */
export interface Units {
  readonly reads: number;
  readonly writes: number;
}

/** How a call was answered. */
export interface EngineAnswer {
  /** The status of HTTP. */
  readonly status: number;
  /** Milliseconds from the call's arrival at the proxy to the answer of the engine. */
  readonly took: number;
  /** What it costs, of calls to DynamoDB; failed conditions cost too. */
  readonly units?: Units;
}

/** Hears of each call that was answered by an engine, or refused for want of a permission, before the function does. */
export type Observe = (call: EngineCall, answer: EngineAnswer) => void;
