import * as z from 'zod';
import { idText } from '../../shared/api/index.ts';
import { channels, type Target } from '../../shared/incidents/index.ts';
import { causeIn } from '../../shared/kernel/index.ts';
import { configuredId } from '../../shared/on-call/index.ts';
import type { DeliverMessage, EscalateMessage, TestMessage } from '../../shared/wiring/index.ts';

const named = {
  org: idText('organisation'),
  incident: idText('incident'),
  generation: z.int().min(1),
  step: z.int().min(1),
};

const escalate = z.object({ kind: z.literal('escalate'), ...named, dueAt: z.int().min(0) });
const deliver = z.object({
  kind: z.literal('deliver'),
  ...named,
  person: configuredId,
  channel: z.enum(channels),
  others: z.array(z.enum(channels)).optional(),
  // Whatever it looks like, the page goes out.
  cause: z.unknown().optional(),
});

const test = z.object({
  kind: z.literal('test'),
  ...{ org: named.org, test: idText('test'), person: configuredId, channel: z.enum(channels) },
  code: z.string().optional(),
});

/** A delivery as it is asked for, by a channel that this program knows. */
export type DeliveryAsked = DeliverMessage & Target;

/** A test notification as it is asked for. */
export type TestAsked = TestMessage & Pick<Target, 'channel'>;

/** The message of a due step, as it came from the queue. */
export const parseEscalate = (body: unknown): EscalateMessage => escalate.parse(body);

/** A message of the delivery queue, as it came from it. */
export function parseDelivery(body: unknown): DeliveryAsked | TestAsked {
  const isTest = typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'test';
  if (!isTest) return parseDeliver(body);
  const { code, ...message } = test.parse(body);
  return { ...message, ...(code !== undefined && { code }) };
}

function parseDeliver(body: unknown): DeliveryAsked {
  const { cause: said, others, ...message } = deliver.parse(body);
  const cause = causeIn(said);
  return { ...message, ...(others && { others }), ...(cause && { cause }) };
}
