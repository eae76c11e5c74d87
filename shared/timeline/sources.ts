import type { Change } from '../alerts/index.ts';
import type { Incident, LoggedFact, NameOf } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';

/** What became of telling one person by one channel. */
export interface PageOutcome {
  /** Names the delivery among those of its incident. */
  readonly id: string;
  readonly person: string;
  readonly channel: string;
  readonly state: 'sent' | 'failed' | 'refused' | 'dropped';
  readonly at: Instant;
  readonly reason?: string;
}

/** What a timeline is made of. */
export interface TimelineSources {
  readonly incident: Incident;
  /** Its whole log, in order. */
  readonly facts: readonly LoggedFact[];
  /** What was changed shortly before it and while it lasted. */
  readonly changes: readonly Change[];
  /** There were more changes than these; the farthest from its beginning are left out. */
  readonly moreChanges?: boolean;
  readonly pages: readonly PageOutcome[];
  readonly nameOf: NameOf;
}
