import * as z from 'zod';
import { channels, type Target } from '../../shared/incidents/index.ts';
import { causeIn, type Id, type IdKind, isId } from '../../shared/kernel/index.ts';
import { configuredId } from '../../shared/on-call/index.ts';
import type { DeliverMessage, EscalateMessage } from '../../shared/wiring/index.ts';

const id = <Kind extends IdKind>(kind: Kind) =>
  z.string().refine((text): text is Id<Kind> => isId(kind, text), `Expected an id of kind ${kind}`);

const named = {
  org: id('organisation'),
  incident: id('incident'),
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

/** A delivery as it is asked for, by a channel that this program knows. */
export type DeliveryAsked = DeliverMessage & Target;

/** The message of a due step, as it came from the queue. */
export const parseEscalate = (body: unknown): EscalateMessage => escalate.parse(body);

/** The message of a delivery, as it came from the queue. */
export function parseDeliver(body: unknown): DeliveryAsked {
  const { cause: said, others, ...message } = deliver.parse(body);
  const cause = causeIn(said);
  return { ...message, ...(others && { others }), ...(cause && { cause }) };
}
