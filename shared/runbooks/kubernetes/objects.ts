import * as z from 'zod';
import type { Parsed } from '../parsed.ts';

const meta = z.looseObject({
  name: z.string().default(''),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  generation: z.number().optional(),
  resourceVersion: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  ownerReferences: z
    .array(z.looseObject({ uid: z.string().optional(), kind: z.string().optional() }))
    .default([]),
});

const condition = z.looseObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

/** What is read of any object of Kubernetes. */
export const kubeObject = z.looseObject({
  kind: z.string().optional(),
  metadata: meta.default(() => meta.parse({})),
  spec: z.looseObject({}).default({}),
  status: z.looseObject({ conditions: z.array(condition).default([]) }).default({ conditions: [] }),
});

export type KubeObject = z.infer<typeof kubeObject>;

export const kubeList = z.looseObject({ items: z.array(kubeObject) });

export const kubeTable = z.looseObject({
  kind: z.literal('Table'),
  columnDefinitions: z.array(z.looseObject({ name: z.string(), priority: z.number().default(0) })),
  rows: z
    .array(z.looseObject({ cells: z.array(z.unknown()) }))
    .nullish()
    .transform((rows) => rows ?? []),
});

export const kubeEvents = z.looseObject({
  items: z.array(
    z.looseObject({
      type: z.string().default(''),
      reason: z.string().default(''),
      message: z.string().default(''),
      count: z.number().nullish(),
      lastTimestamp: z.string().nullish(),
    }),
  ),
});

const status = z.looseObject({
  kind: z.literal('Status'),
  message: z.string().default(''),
  reason: z.string().default(''),
});

/** An answer of the API as a schema reads it. */
export function read<Schema extends z.ZodType>(schema: Schema, body: string): Parsed<z.output<Schema>> {
  const parsed = schema.safeParse(jsonOf(body));
  return parsed.success
    ? { value: parsed.data }
    : { refused: 'the cluster answered something that was not understood' };
}

/** What a fault says: the message of its Status, else the number. */
export function faultIn(code: number, body: string): string {
  const parsed = status.safeParse(jsonOf(body));
  const why = parsed.success ? parsed.data.message || parsed.data.reason : '';
  return `the cluster answered ${code}${why === '' ? '' : `: ${why}`}`;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
