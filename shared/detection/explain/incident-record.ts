import type { HeldStep, Incident, LoggedFact, NameOf } from '../../incidents/index.ts';
import type { Instant } from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import type { Guard } from '../guard.ts';
import type { Rule } from '../rule.ts';
import type { AbsorbedLog } from './members.ts';
import type { Paging } from './record.ts';

/** What is looked at to say why an incident is as it is. */
export interface IncidentRecord {
  readonly now: Instant;
  readonly incident: Incident;
  /** Its log in order; `untold` of it were left out in the middle, since it is very long. */
  readonly facts: readonly LoggedFact[];
  readonly untold: number;
  /** What was merged into it, as far as it was read; `unread` of these were too many. */
  readonly absorbed?: readonly AbsorbedLog[];
  readonly unread?: number;
  /** What keeps its next step back, by what is in force now. */
  readonly held?: HeldStep;
  /** Its alert that flaps and was on last, and until when that must be quiet; absent when none flaps. */
  readonly flapping?: { readonly title: string; readonly until: Instant };
  /** The incident that it was merged into. */
  readonly into?: Incident;
  /** That with its log, and those that it went on into after that, in order, as far as they were read. */
  readonly on?: readonly AbsorbedLog[];
  /** Of its alerts' key; absent when a person declared it. */
  readonly guard?: Guard;
  /** The name of a person of the organisation by id. */
  readonly nameOf: NameOf;
  readonly paging: Paging;
  /** What is known of the alerts that came first, by fingerprint. */
  readonly heads?: ReadonlyMap<string, AlertHead>;
  /** The rules in force; absent where they were not read. */
  readonly rules?: readonly Rule[];
}
