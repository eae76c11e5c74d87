import type { Cause, Instant, IntegrationId, OrganisationId } from '../kernel/index.ts';
import type { SaidChange } from './change.ts';
import type { KeeperId } from './quiet/quiet.ts';
import type { Remark } from './remark.ts';
import type { Severity } from './severity.ts';
import type { Origin } from './sources/index.ts';

export const signalStates = ['firing', 'acknowledged', 'resolved'] as const;
export type SignalState = (typeof signalStates)[number];

export interface Link {
  readonly href: string;
  readonly text: string;
}

/** One thing that a source said about one alert, in our words. */
export interface Signal {
  /** Names the alert across its whole life: `fingerprintOf(integration, identity)`, 64 hex digits. */
  readonly fingerprint: string;
  readonly state: SignalState;
  /** Event time: when it began (firing) or ended (resolved) by the source's clock, else the receipt. Never after the receipt. */
  readonly at: Instant;
  /** Of a firing: when it ends by itself unless its source says more by then. Absent: it goes on until it is resolved. */
  readonly until?: Instant;
  /**
   * What was acknowledged up to `at` is no more. A repeated firing takes nothing back, so this is a mark of its own; with
   * `acknowledged` it says nothing else, of an alert that the source may not know.
   */
  readonly unacknowledged?: true;
  /** Who acknowledged it, by the name that the source has for them, at most 100 characters; absent where it names nobody. */
  readonly by?: string;
  /** Absent on a resolve or acknowledge that carries no description of its alert. */
  readonly title?: string;
  readonly description?: string;
  readonly severity?: Severity;
  /** The service it concerns, normalised; absent when the source named none. */
  readonly service?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly links: readonly Link[];
  /** Said by a person or by rule in the source's tool, such as "time of the source is in the future". */
  readonly flags: readonly SignalFlag[];
}

/**
 * `generic`: an authenticated body that no translator understood. `clock`: the source's time was unusable, the receipt's is used.
 * `clipped`: something was too long. `test`: sent by the button of the source that tries whether alerts arrive. `timeout`: the source
 * named no end where its protocol has one, so it ends by itself a while after it was last told.
 */
export const signalFlags = ['generic', 'clock', 'clipped', 'test', 'timeout'] as const;
export type SignalFlag = (typeof signalFlags)[number];

/** What all messages about one POST have in common. */
export interface Accepted {
  readonly org: OrganisationId;
  readonly integration: IntegrationId;
  readonly source: Origin;
  /** Unique per accepted POST, the same on every redelivery: counts are sets of (receipt, place). */
  readonly receipt: string;
  readonly receivedAt: Instant;
  /** The digest of what the sender calls this part of its delivery, the same on each of its retries; absent where it gives no name. */
  readonly delivery?: string;
  /** Made by the system itself in the name of the integration: its source was not heard of. */
  readonly own?: true;
  /** Its sender tells how alerts stand, one word after the other, and not what happened. */
  readonly tellsState?: true;
}

/** What the receiving function puts on the alert queue for the alerts of one POST. */
export interface SignalsMessage extends Accepted {
  readonly kind: 'signals';
  readonly signals: readonly Signal[];
  /** It was received and kept before, and put off: it is only to be decided. */
  readonly isPutOff?: true;
}

/** What was said about alerts, and what was changed; both name themselves by receipt and place. */
export interface AsideMessage extends Accepted {
  readonly kind: 'aside';
  /** What the source's users call its product. */
  readonly product: string;
  readonly remarks: readonly Remark[];
  readonly changes: readonly SaidChange[];
}

/** What an accepted POST becomes. */
export type AcceptedMessage = SignalsMessage | AsideMessage;

/**
 * Asks whether an incident is over, some seconds after its last alert resolved; or whether it is indeed, after a person said so.
 */
export interface SettleMessage {
  readonly kind: 'settle';
  readonly org: OrganisationId;
  readonly incident: string;
  readonly generation: number;
  /** The guard's key; left out by who only knows the incident. */
  readonly correlation?: string;
  /** What asked; left out by the version before. */
  readonly cause?: Cause;
}

/** Asks whether alerts have ended by themselves, some time after the end that was last said of them. */
export interface LapseMessage {
  readonly kind: 'lapse';
  readonly org: OrganisationId;
  readonly fingerprints: readonly string[];
  /** What had ended by then is over: what was told later may still wait in the queue. Left out by the version before. */
  readonly askedAt?: Instant;
}

/** Asks whether a new incident belongs to others that opened beside it, which its worker could not see. */
export interface RelateMessage {
  readonly kind: 'relate';
  readonly org: OrganisationId;
  readonly incident: string;
  readonly cause?: Cause;
}

/** Asks what a silence or maintenance window holds back of alerts that go on, or what waits, when that has ended or changed. */
export interface ReleaseMessage {
  readonly kind: 'release';
  readonly org: OrganisationId;
  readonly quiet: KeeperId;
  /** Looks also while it goes on: what it holds back by now may have changed. */
  readonly anyway?: true;
  /** What had ended by then is over, as for a lapse. */
  readonly askedAt: Instant;
  /** Go on after this fingerprint: there are more than one message looks at. */
  readonly after?: string;
}

export type AlertQueueMessage =
  | AcceptedMessage
  | SettleMessage
  | LapseMessage
  | RelateMessage
  | ReleaseMessage;
