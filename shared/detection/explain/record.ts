import type { Explanation, KeptFrom, Quiet, Signal } from '../../alerts/index.ts';
import type { Incident, LoggedFact } from '../../incidents/index.ts';
import type { IncidentId, Instant } from '../../kernel/index.ts';
import type { AlertHead, Membership } from '../alert-head.ts';
import type { FlappingSettings } from '../flapping.ts';
import type { Guard } from '../guard.ts';
import type { Rule } from '../rule.ts';
import type { Slot } from '../threshold.ts';
import type { Muting } from './muting.ts';

/** The rules of one version of the configuration. */
export interface RulesOfVersion {
  /** 0: nothing was configured yet. */
  readonly version: number;
  readonly rules: readonly Rule[];
  /** When it came into force, and who made it. */
  readonly since?: Instant;
  readonly by?: string;
}

/** A firing as it was received. */
export interface Told {
  readonly signal: Signal;
  readonly from: KeptFrom;
  /** `head`: what was received is not kept any more, so it is put together from what the alert's head keeps; its description is missing. */
  readonly source: 'kept' | 'head';
}

/** How an alert came into an incident. */
export interface Joined {
  readonly membership: Membership;
  /** The incident as it is now; absent when it was deleted. */
  readonly incident?: Incident;
  /** Where that was merged into another: the one that goes on. */
  readonly into?: Incident;
  /** Those between the two, where that was merged once more, in order. */
  readonly through?: readonly Incident[];
  /** The one that would go on, where it was deleted, as it was then. */
  readonly deleted?: Incident;
  /** What the log tells around the number under which it tells of the alert; the decision wrote it together. */
  readonly facts: readonly LoggedFact[];
}

/** What is looked at to say what became of an alert. */
export interface AlertRecord {
  readonly now: Instant;
  /** Absent where nothing came of it, or where it is not decided yet. */
  readonly head?: AlertHead;
  /** The last firing; absent when it never fired, as far as is kept. */
  readonly told?: Told;
  /** What people call the integration that it came from. */
  readonly integration?: string;
  /** The rules by which it was decided; `isThen` is false where those are not kept, and these are today's. */
  readonly rules: RulesOfVersion & { readonly isThen: boolean };
  readonly today: RulesOfVersion;
  /** What kept alerts quiet when it fired, or does since. */
  readonly quiets: readonly Quiet[];
  /** The alerts that mute it, where such hold it back. */
  readonly muting?: Muting;
  /** All groups in which alerts would mute it, by today's inhibitions. */
  readonly mutings?: readonly Muting[];
  readonly guards: ReadonlyMap<string, Guard>;
  /** Of its own group, where its rule counts: at least those in which something may be counted with it. */
  readonly slots: readonly Slot[];
  /** The newest first. */
  readonly joined: readonly Joined[];
  /** Whom the incident that it is in paged, and why not others. */
  readonly paging?: Paging;
  /** Whom those paged through which the alert came into that, before they were merged: its own first. */
  readonly pagedBefore?: readonly PagedBefore[];
  /** Whom the other open incidents paged that it is in and holds open. */
  readonly pagedBeside?: readonly PagedBefore[];
  /** When an alert flaps; absent: as usual. */
  readonly flapping?: FlappingSettings;
  /** A rule to be told of also when it came nowhere near. */
  readonly wanted?: string;
}

/** Whom an incident paged. */
export interface Paging extends Explanation {
  readonly incident: IncidentId;
  /** Whether a provider has taken a page, also before it was opened again, or was split off. */
  readonly isPaged: boolean;
  /** When a provider took one last since it was opened; absent when none did. */
  readonly lastPageAt?: Instant;
}

/** Whom an incident paged that is another than the one of which is told: also before it was merged into that. */
export interface PagedBefore {
  readonly incident: Incident;
  readonly paging: Paging;
}
