import type { Severity, SignalState } from '../alerts/index.ts';
import type { Actor, Duration, Fact, IncidentId, Instant, NewFact, VoidFact } from '../kernel/index.ts';
import type { Correlation, NextStep } from './incident.ts';
import type { LinkFact } from './links.ts';
import type { WarRoomFact } from './room-facts.ts';
import type { RunbookFact } from './runbook-facts.ts';

type Of<Type extends string, Data> = NewFact<Type, Data>;

export type Opened = Of<
  'incident.opened',
  {
    readonly number: number;
    readonly title: string;
    readonly description?: string;
    readonly severity: Severity;
    readonly service?: string;
    readonly policy?: string;
    readonly escalateAfter?: number;
    readonly runbook?: string;
    readonly correlation?: Correlation;
    /** The incident from which a person split it off, and who had acknowledged that, when. */
    readonly splitFrom?: {
      readonly incident: IncidentId;
      readonly acknowledged?: { readonly by: Actor; readonly at: Instant };
    };
    /** It is recorded and wakes nobody, whatever its severity. */
    readonly urgency?: 'low';
    /** Services around its own may have incidents with the same cause, so it is compared with those. */
    readonly relates?: true;
    /** Other alerts may mute those that opened it before its first page is sent. */
    readonly mutable?: true;
    readonly next?: NextStep;
    /** Why its first page was planned for later: the name of the rule that asks for so long an alert, and how long in milliseconds. */
    readonly lasting?: { readonly rule: string; readonly minDuration: Duration };
  }
>;
/** `by`: who acknowledged its alerts in their own source, where no actor of ours did. */
export type AcknowledgedFact = Of<
  'incident.acknowledged',
  { readonly generation: number; readonly by?: Actor }
>;
export type Escalated = Of<
  'incident.escalated',
  {
    readonly generation: number;
    readonly step: number;
    /** The level of the policy, from 1; 0 is the catch-all when a policy reaches nobody. */
    readonly level: number;
    readonly targets: readonly Target[];
    /** Levels that were passed over because they reach nobody. */
    readonly skipped?: readonly number[];
    /** Levels that were passed over because they are for other severities. */
    readonly otherSeverity?: readonly number[];
    /** Severities for which more levels follow than were planned. */
    readonly laterFor?: readonly Severity[];
    /** Whom the schedules of the policy had on call then; without a person, nobody. */
    readonly onCall?: readonly { readonly schedule: string; readonly person?: string }[];
    readonly next?: NextStep;
    /** The step that would follow, where none is planned and levels were passed over: it is not the next number. */
    readonly after?: number;
  }
>;
/** No page of a step could be sent, so the next step does not wait for its time. */
export type BroughtForward = Of<
  'incident.brought-forward',
  { readonly generation: number; readonly step: number; readonly next: NextStep }
>;
/**
 * Maintenance of its services, or another alert, keeps the next step back until it ends, or does no more; or no alert has lasted as long as a
 * rule asks.
 */
export type PutOff = Of<
  'incident.put-off',
  {
    readonly generation: number;
    readonly next: NextStep;
    /** What keeps it back, in words; absent when nothing does any more. */
    readonly by?: string;
    /** The service, or the incident that was merged into it, whose alerts page sooner. */
    readonly reached?: string;
  }
>;
export type SeverityChanged = Of<
  'incident.severity-changed',
  {
    readonly from: Severity;
    readonly to: Severity;
    /** Present when a step follows that was not planned before: somebody is to be woken after all. */
    readonly next?: NextStep;
    readonly generation?: number;
    /** The urgency changed as well: `normal` where it was low, with the severity perhaps as before. */
    readonly urgency?: 'low' | 'normal';
  }
>;
/** The harm to users ended then, by what a person says; a later one replaces it. */
export type Mitigated = Of<'incident.mitigated', { readonly generation: number }>;
export type Renamed = Of<'incident.renamed', { readonly title: string }>;
export type ResolvedFact = Of<
  'incident.resolved',
  { readonly generation: number; readonly reason: 'person' | 'alerts-resolved'; readonly note?: string }
>;
export type Reopened = Of<
  'incident.reopened',
  {
    readonly generation: number;
    readonly reason: 'person' | 'alert-fired';
    readonly next?: NextStep;
    readonly urgency?: 'low';
  }
>;
export type Deleted = Of<'incident.deleted', Record<string, never>>;

/** Changes the head; written in one transaction with it. */
export type ControlFact =
  | Opened
  | AcknowledgedFact
  | Escalated
  | BroughtForward
  | PutOff
  | SeverityChanged
  | Mitigated
  | Renamed
  | ResolvedFact
  | Reopened
  | LinkFact
  | Deleted;

export type Noted = Of<
  'incident.noted',
  {
    readonly text: string;
    /** Who said it in the tool of the source that recorded it, in the source's words. */
    readonly by?: string;
  }
>;

/** Alerts that joined or changed, and why they are in this incident: the rule and what matched. At most 2 KB. */
export type AlertsChanged = Of<
  'alerts.changed',
  {
    readonly why: string;
    /** How sure it is that they belong here, from 0 to 1, where they are of another group. */
    readonly score?: number;
    readonly entries: readonly AlertEntry[];
  }
>;

/** The provider would not take a page; told once for each page, however often it is tried again. */
export type PageRefused = Of<
  'page.refused',
  Pick<Target, 'person' | 'channel'> & {
    readonly generation: number;
    readonly step: number;
    /** In words, with what to do. */
    readonly reason: string;
  }
>;

/** The products that give video links. */
export type VideoProvider = 'jitsi' | 'zoom' | 'teams' | 'meet';

/** Somebody asked for a video link; nothing in it gives the rights of a host. */
export type VideoStarted = Of<
  'room.video-started',
  {
    readonly provider: VideoProvider;
    readonly url: string;
    readonly generation: number;
    /** Which link of this generation it is, from 1. */
    readonly number: number;
  }
>;

/** What became of an update of the status page that is about this incident. */
export type StatusTold = Of<
  'status.told',
  {
    readonly what: 'published' | 'withdrawn';
    /** What the page calls the incident. */
    readonly title: string;
    /** What the update says of it, such as `identified`. */
    readonly state: string;
    /** At most 500 characters; empty when it was withdrawn. */
    readonly text: string;
    /** Only members can read it. */
    readonly internal: boolean;
  }
>;

/** Never touches the head; a conditional put under its number. */
export type RoomFact =
  | Noted
  | AlertsChanged
  | PageRefused
  | VideoStarted
  | RunbookFact
  | StatusTold
  | WarRoomFact
  | VoidFact;

export type IncidentFact = ControlFact | RoomFact;

/** A fact of an incident with its place in the log. */
export type LoggedFact = IncidentFact extends infer F
  ? F extends NewFact<infer T, infer D>
    ? Fact<T, D>
    : never
  : never;

/** The ways by which people are paged. */
export const channels = ['email', 'sms', 'slack', 'teams', 'webhook'] as const;

export type Channel = (typeof channels)[number];

/** One person to be told by one channel. */
export interface Target {
  readonly person: string;
  readonly channel: Channel;
  /** The channels to be tried in turn while none has taken it. */
  readonly others?: readonly Channel[];
}

/** What happened to one alert of the incident. */
export interface AlertEntry {
  readonly fingerprint: string;
  readonly state: SignalState;
  readonly title: string;
  readonly severity: Severity;
  readonly at: Instant;
  /** It begins and ends so often that its incident waits until it is quiet. */
  readonly flapping?: true;
  /** It ended by itself: nobody told of its end. */
  readonly lapsed?: true;
}
