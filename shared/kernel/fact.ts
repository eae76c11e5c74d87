import type { Actor } from './context.ts';
import type { IncidentId, OrganisationId } from './ids.ts';
import type { Instant } from './time.ts';

/** Why a fact came to be, and how long that chain is already: 1 for what came from outside. */
export interface Cause {
  /** The receipt of accepted alerts, the gateway's id of a request, or the id of the fact before it. */
  readonly id: string;
  readonly depth: number;
}

/** The cause that is an accepted POST of alerts or a request of the API, by the id that the gateway gave it. */
export const fromOutside = (id: string): Cause => ({ id, depth: 1 });

/** The cause that is another fact. */
export const becauseOf = ({ id, cause }: { readonly id: string; readonly cause?: Cause }): Cause => ({
  id,
  depth: (cause?.depth ?? 0) + 1,
});

/** The cause in what another version may have sent; undefined when it has not this form. */
export function causeIn(value: unknown): Cause | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('depth' in value))
    return undefined;
  const { id, depth } = value;
  const isCause = typeof id === 'string' && typeof depth === 'number' && Number.isInteger(depth) && depth > 0;
  return isCause ? { id, depth } : undefined;
}

/** Longer chains are recorded but cause nothing more. */
export const MAX_CAUSE_DEPTH = 8;

/** Whether the chain before it is so long that it causes nothing more, and somebody is to be told. */
export const isTooDeep = ({ cause }: { readonly cause?: Cause }): boolean =>
  (cause?.depth ?? 0) > MAX_CAUSE_DEPTH;

/** What a capability decides: a fact before it has a place in a log. */
export interface NewFact<Type extends string = string, Data = unknown> {
  readonly type: Type;
  /** When it happened, by the source's clock where it has one. */
  readonly occurredAt: Instant;
  readonly data: Data;
}

/** A fact in the log of one incident. Append-only: a correction is another fact. */
export interface Fact<Type extends string = string, Data = unknown> extends NewFact<Type, Data> {
  readonly id: string;
  readonly org: OrganisationId;
  readonly incidentId: IncidentId;
  /** Its place in the incident's one order, from 1, without gaps. */
  readonly seq: number;
  /** When we learned it. */
  readonly recordedAt: Instant;
  readonly actor: Actor;
  /** Absent where a version before stored it, and where a reader closed a number that nobody wrote. */
  readonly cause?: Cause;
}

/** What a fact has from its place in a log. */
export type Placed = Omit<Fact, keyof NewFact>;

/** What only fills a number that was reserved and never written. */
export type VoidFact = NewFact<'void', Record<string, never>>;
