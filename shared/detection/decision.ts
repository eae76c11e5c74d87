import type { HeldAlert, HolderId, Quiet } from '../alerts/index.ts';
import type { IncidentCommand, Opened, ReasonedEntry } from '../incidents/index.ts';
import type { Cause, IncidentId, Instant, OrganisationId } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import type { Correlating, OpenIncident } from './correlation/index.ts';
import type { Counting } from './counting.ts';
import type { FlappingSettings } from './flapping.ts';
import type { Guard } from './guard.ts';
import type { Inhibitions } from './inhibition/inhibitions.ts';
import type { PastChange } from './occurrence.ts';
import type { Rule } from './rule.ts';
import type { OpeningCount, StormLoad } from './storm-counts.ts';
import type { Slot } from './threshold.ts';

/** What a decision is made from: one load, in one step but for what counts for a threshold. */
export interface Loaded {
  readonly org: OrganisationId;
  readonly rules: readonly Rule[];
  readonly heads: ReadonlyMap<string, AlertHead>;
  /** By hash. A guard that is not there yet is an empty one. */
  readonly guards: ReadonlyMap<string, Guard>;
  /** By hash of the key, for threshold rules only. */
  readonly slots: ReadonlyMap<string, readonly Slot[]>;
  /** What of those was read, and for what; absent when all is there. */
  readonly counting?: readonly Counting[];
  /** When an alert flaps; absent as usual. */
  readonly flapping?: FlappingSettings;
  /** Absent where openings are not counted. */
  readonly storm?: StormLoad;
  /** Which alerts mute others; absent when none do. */
  readonly inhibitions?: Inhibitions;
  /** Absent where nothing is known of services: then nothing joins across keys. */
  readonly correlating?: Correlating;
  /** By the hash of a key that may open an incident: the open incidents beside which it would stand. */
  readonly neighbours?: ReadonlyMap<string, readonly OpenIncident[]>;
  /** What keeps alerts quiet; absent when nothing does. */
  readonly quiets?: readonly Quiet[];
  /** By fingerprint, what was held back of alerts that are looked at again. */
  readonly held?: ReadonlyMap<string, HeldAlert>;
  /** By fingerprint, the firings that wait for a threshold and are looked at again. */
  readonly waiting?: ReadonlyMap<string, HeldAlert>;
}

/** What happens to one incident. */
export interface IncidentChange {
  readonly incident: IncidentId;
  /** Present when the incident is new; its number is given by the writer. */
  readonly opening?: { readonly at: Instant; readonly data: Omit<Opened['data'], 'number'> };
  readonly commands: readonly IncidentCommand[];
  readonly entries: readonly ReasonedEntry[];
  /** The POST that first had something happen to it; all its facts of this decision are because of that. */
  readonly cause?: Cause;
}

/** What an alert becomes; its head has the version that was read. */
export interface HeadChange {
  readonly head: AlertHead;
  /** Its occurrences before the current one, as far as they change; written together with the head. */
  readonly past: readonly PastChange[];
}

/** What happens under one correlation key. It is written together, under the guard's version where the guard changes. */
export interface KeyDecision {
  readonly hash: string;
  readonly rule: string;
  /** Present when it changes; its version is the one that was read. */
  readonly guard?: Guard;
  /** The guards of other keys whose alerts come here from now on. */
  readonly linked: readonly Guard[];
  readonly slots: readonly { readonly slot: Slot; readonly expiresAt: Instant }[];
  readonly changes: readonly IncidentChange[];
  readonly heads: readonly HeadChange[];
  /** The alerts of the batch that this was decided for: they are decided again when the writing loses a race. */
  readonly alerts: readonly string[];
}

export interface Settle {
  readonly incident: IncidentId;
  readonly generation: number;
  readonly correlation: string;
  /** When it is asked at the earliest, where that is later than usual. */
  readonly notBefore?: Instant;
  /** What asked for it. */
  readonly cause?: Cause;
}

export interface Decision {
  readonly keys: readonly KeyDecision[];
  /** Alerts that can only be decided when what else is decided here is written. */
  readonly later: readonly string[];
  /** Heads that change without touching an incident. */
  readonly loose: readonly HeadChange[];
  /** Alerts that open incidents of their own, to be counted before they do. */
  readonly openings: readonly OpeningCount[];
  /** What is held back, to be kept before the heads that say so. */
  readonly held: readonly HeldAlert[];
  /** What held alerts back and holds no longer: those are to be looked at again. */
  readonly releases: readonly HolderId[];
  /** Incidents to look at again when their alerts have been quiet for a while. */
  readonly settles: readonly Settle[];
}

/** How long after the last resolve an incident is looked at. */
export const SETTLE_SECONDS = 10;

/** How long after it opened an incident is compared with what opened at the same time in other workers. */
export const RELATE_SECONDS = 3;
