import type { HeldStep, Incident, LoggedFact } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Delivery } from './delivery.ts';
import type { Policy } from './policy.ts';
import type { Schedule } from './schedule.ts';

/** What is looked at to say why somebody was paged, or not. */
export interface PagingRecord {
  readonly incident: Incident;
  /** The log since the incident was last opened, in order; of no other kinds than those that matter. */
  readonly facts: readonly LoggedFact[];
  /** The pages of its generation. */
  readonly pages: readonly Delivery[];
  /** What was paged before it was opened again; absent where that was not read. */
  readonly before?: PagedBefore;
  /** What was paged of the incident from which it was split off, until then. */
  readonly splitFrom?: PagedBefore & { readonly name: string };
  /** The policy as it is configured now; undefined when there is none. */
  readonly policy: Policy | undefined;
  /** What names that policy, in words; absent where nothing is known to. */
  readonly namedBy?: string;
  readonly schedules: readonly Schedule[];
  /** What keeps the next step back, by what is in force now. */
  readonly held?: HeldStep;
  /** Why the first page is not sent at once, where its rule wants that. */
  readonly waits?: readonly string[];
  /** The name of somebody, by id. */
  nameOf(person: string): string;
}

/** What the record has of the generations before. */
export interface PagedBefore {
  readonly pages: readonly Delivery[];
  /** The steps that were read along with the log since then: those of long ago may be missing. */
  readonly steps: readonly Step[];
}

/** A step of an escalation as the log has it. */
export type Step = Extract<LoggedFact, { type: 'incident.escalated' }>;

/** One thing that the record says, and when it was. */
export interface PagingReason {
  readonly at?: Instant;
  readonly text: string;
}

/** How sentences name whom a step paged. */
export const levelName = ({ level }: Pick<Step['data'], 'level'>): string =>
  level === 0 ? 'The last resort' : `Level ${level}`;
