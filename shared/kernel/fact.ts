import type { Actor } from './context.ts';
import type { IncidentId, OrganisationId } from './ids.ts';
import type { Instant } from './time.ts';

/** Why a fact came to be: the fact or message before it, and how long that chain is already. */
export interface Cause {
  readonly id: string;
  readonly depth: number;
}

/** Longer chains are recorded but cause nothing more. */
export const MAX_CAUSE_DEPTH = 8;

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
  readonly cause?: Cause;
}

/** What only fills a number that was reserved and never written. */
export type VoidFact = NewFact<'void', Record<string, never>>;
