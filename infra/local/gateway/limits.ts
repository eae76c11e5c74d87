/** Quotas of a REST API and of the Lambda integration behind it, in bytes and milliseconds (AWS quota pages, 2026-11). */
export const restLimits = {
  requestBytes: 10 * 1024 * 1024,
  lambdaBytes: 6 * 1024 * 1024,
  headerBytes: 10_240,
  integrationMs: 29_000,
  /** Not an AWS quota: a client that has not finished its headers by then is cut off. */
  headersMs: 10_000,
  /** Not an AWS quota: the same for the whole request. */
  requestMs: 60_000,
};

/** Quotas of a WebSocket API, in bytes and milliseconds (AWS quota pages, 2026-11). */
export const socketLimits = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  idleMs: 10 * 60_000,
  connectionMs: 2 * 3_600_000,
  integrationMs: 29_000,
};

/** The limits of a REST API, changed for a test. */
export type RestLimits = { readonly [Limit in keyof typeof restLimits]: number };
/** The limits of a WebSocket API, changed for a test. */
export type SocketLimits = { readonly [Limit in keyof typeof socketLimits]: number };
