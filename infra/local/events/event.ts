import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { World } from '../resource.ts';

/** An event as rules match it and targets get it. */
export interface BusEvent {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** Why an entry of PutEvents is no event. */
export interface EntryFault {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

const Entry = z.looseObject({
  Source: z.string().min(1),
  DetailType: z.string().min(1),
  Detail: z.string(),
  Resources: z.array(z.string()).default([]),
  Time: z.number().optional(),
  EventBusName: z.string().optional(),
});

/** Reads one entry. Unlike in AWS, its source may be one of AWS: nothing here tells of itself, so a test does in its name. */
export function eventOf(
  said: unknown,
  { account, clock }: Pick<World, 'account' | 'clock'>,
): BusEvent | EntryFault {
  const { data: entry, error } = Entry.safeParse(said);
  if (entry === undefined) {
    const [issue] = error.issues;
    return failed('InvalidArgument', `Parameter ${issue?.path.join('.')} is not valid: ${issue?.message}`);
  }
  if (entry.EventBusName !== undefined && !/(^|\/)default$/.test(entry.EventBusName))
    return failed(
      'InvalidArgument',
      `There is no event bus ${entry.EventBusName} here, only the default one`,
    );
  const detail = objectIn(entry.Detail);
  if (detail === undefined) return failed('MalformedDetail', 'Detail is malformed.');
  const at = entry.Time === undefined ? clock.now() : entry.Time * 1_000;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType,
    source: entry.Source,
    account: account.id,
    // EventBridge tells whole seconds.
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: account.region,
    resources: entry.Resources,
    detail,
  };
}

const failed = (ErrorCode: string, ErrorMessage: string): EntryFault => ({ ErrorCode, ErrorMessage });

function objectIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
