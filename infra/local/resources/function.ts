import * as z from 'zod';
import type { Core } from '../core.ts';
import { findHandler } from '../lambda/handler.ts';
import type { ResourceKind } from '../resource.ts';
import { physicalName } from './identity.ts';

const Properties = z.looseObject({
  Code: z.looseObject({ S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string(),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  ReservedConcurrentExecutions: z.coerce.number().int().positive().optional(),
  Environment: z.looseObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
});

/** A Lambda function on Node, in worker threads. */
export const lambdaFunction: ResourceKind = {
  type: 'AWS::Lambda::Function',
  phase: 'function',
  identity(declared, account) {
    const name = physicalName(declared, 'FunctionName');
    return {
      ref: name,
      attributes: { Arn: `arn:aws:lambda:${account.region}:${account.id}:function:${name}` },
    };
  },
  async start({ id, identity, properties }, world: Core) {
    const declared = Properties.parse(properties);
    if (!declared.Runtime.startsWith('nodejs')) {
      throw new Error(`${id}: the local runner runs Node only, got the runtime ${declared.Runtime}`);
    }
    const folder = world.asset(declared.Code.S3Key);
    world.functions.define({
      ...findHandler(folder, declared.Handler),
      id,
      name: identity.ref,
      arn: identity.attributes.Arn ?? '',
      folder,
      handler: declared.Handler,
      timeout: declared.Timeout * 1_000,
      memoryMegabytes: declared.MemorySize,
      environment: declared.Environment?.Variables ?? {},
      concurrency: declared.ReservedConcurrentExecutions ?? world.concurrency,
    });
    return undefined;
  },
};
