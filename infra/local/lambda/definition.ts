import { availableParallelism } from 'node:os';
import type { Failure } from './protocol.ts';

/** A function as its resource declares it. */
export interface FunctionDefinition {
  /** Logical id in the template. */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  /** Folder of the bundled code. */
  readonly folder: string;
  /** `folder/file.export` */
  readonly handler: string;
  /** URL of the module and name of the export that `handler` means. */
  readonly module: string;
  readonly export: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  /** How many environments it may have at once. */
  readonly concurrency: number;
}

/**
 * Environments of one function at once, where the template reserves no number. More than the cores would only take turns on
 * them, after a cold start each; with fewer of them, a queue under load comes in fuller batches.
 */
export const usefulConcurrency = Math.min(10, availableParallelism() + 1);

/** The limit of Lambda for an event and for an answer, in bytes. */
export const payloadLimit = 6_291_556;

/** Lambda gives a module this long to load, in milliseconds. */
export const initTimeout = 10_000;

/** Refuses an event or an answer above Lambda's limit, as Lambda words it. */
export function tooLarge(kind: 'Request' | 'Response', payload: string): Failure | undefined {
  if (payload.length * 3 <= payloadLimit || Buffer.byteLength(payload) <= payloadLimit) return undefined;
  return kind === 'Request'
    ? {
        errorType: 'RequestEntityTooLargeException',
        errorMessage: `Request must be smaller than ${payloadLimit} bytes for the InvokeFunction operation`,
      }
    : {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size exceeded maximum allowed payload size (${payloadLimit} bytes).`,
      };
}
