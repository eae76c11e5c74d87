import { join } from 'node:path';
import { type MovingClock, movingClock } from '../../../infra/local/clock.ts';
import type { FunctionDefinition } from '../../../infra/local/lambda/definition.ts';
import { createFunctions, type LocalFunctions } from '../../../infra/local/lambda/functions.ts';
import { findHandler } from '../../../infra/local/lambda/handler.ts';

const folder = join(import.meta.dirname, 'functions');

/** The functions of one fleet without a stack, what they logged, and what failed. */
export interface OddFunctions {
  readonly functions: LocalFunctions;
  readonly clock: MovingClock;
  readonly logs: string[];
  readonly failed: (readonly [message: string, expected: boolean])[];
  /** Defines a function over `functions/odd.mjs`. */
  define(id: string, changes?: Partial<FunctionDefinition>): void;
}

/** An empty fleet whose functions do as the event says. */
export function oddFunctions(limit?: number): OddFunctions {
  const clock = movingClock();
  const logs: string[] = [];
  const failed: OddFunctions['failed'] = [];
  const functions = createFunctions(
    {
      clock,
      variables: { AWS_REGION: 'us-east-1' },
      busy: (work) => work(),
      log: (definition, text) => logs.push(`${definition.id}: ${text}`),
      failed: (_, { errorMessage }, expected) => failed.push([errorMessage, expected]),
    },
    limit,
  );
  return {
    ...{ functions, clock, logs, failed },
    define(id, changes = {}) {
      const name = `stack-${id}`;
      const handler = 'odd.handler';
      const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
      const sizes = { timeout: 10_000, memoryMegabytes: 128, concurrency: 10 };
      functions.define({
        ...findHandler(folder, handler),
        ...{ id, name, arn, folder, handler },
        ...sizes,
        environment: {},
        ...changes,
      });
    },
  };
}
