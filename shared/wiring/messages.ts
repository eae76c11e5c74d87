import type {
  Actor,
  Cause,
  Id,
  IncidentId,
  Instant,
  IntegrationId,
  OrganisationId,
  PageId,
  RunId,
} from '../kernel/index.ts';

/** Asks on-call to take a step of an incident's escalation when it is due. Named by (incident, generation, step). */
export interface EscalateMessage {
  readonly kind: 'escalate';
  readonly org: OrganisationId;
  readonly incident: IncidentId;
  readonly generation: number;
  readonly step: number;
  readonly dueAt: Instant;
}

/** Asks on-call to carry out a delivery intent. Named by (incident, generation, step, person, channel). */
export interface DeliverMessage {
  readonly kind: 'deliver';
  readonly org: OrganisationId;
  readonly incident: IncidentId;
  readonly generation: number;
  readonly step: number;
  readonly person: string;
  readonly channel: string;
  /** The channels to be tried in turn while this one has not taken it. */
  readonly others?: readonly string[];
  /** The fact of the step; left out by the version before. */
  readonly cause?: Cause;
}

/** Asks on-call to carry out a test of somebody's own channel. Named by (person, channel, test). */
export interface TestMessage {
  readonly kind: 'test';
  readonly org: OrganisationId;
  readonly test: Id<'test'>;
  readonly person: string;
  readonly channel: string;
  /** What a number is to be confirmed with. */
  readonly code?: string;
}

/** Asks detection to count the signals that were sent in one minute. Named by (organisation, minute, due time). */
export interface CountMessage {
  readonly kind: 'count';
  readonly org: OrganisationId;
  /** Whole minutes since the epoch. */
  readonly minute: number;
  /** From when on all that was kept before can be read; a minute that was moved to a later time has a later message. */
  readonly dueAt: Instant;
  /** Go on after this fingerprint: there were more than one run may take. */
  readonly after?: string;
}

/** Asks detection whether an integration has been below its limit since this minute. Named by (integration, minute). */
export interface LimitMessage<Origin extends string = string> {
  readonly kind: 'limit';
  readonly org: OrganisationId;
  readonly integration: IntegrationId;
  /** What it is; it may be deleted by the time its alert ends. Left out by the version before. */
  readonly source?: Origin;
  /** Whole minutes since the epoch. */
  readonly minute: number;
}

/** Asks the war room for a snapshot of a document with all that was stored before. Named by (incident); more often is harmless. */
export interface SnapshotMessage {
  readonly kind: 'snapshot';
  readonly org: OrganisationId;
  readonly incident: IncidentId;
}

/** Asks the war room to record, in an incident's log, what was told of it elsewhere. Named by the fact that it is because of. */
export interface ToldMessage {
  readonly kind: 'told';
  readonly org: OrganisationId;
  readonly incident: IncidentId;
  readonly actor: Actor;
  readonly cause: Cause;
  /** A room fact, in the form of shared/incidents. */
  readonly fact: unknown;
}

/** Asks the war room whether somebody whose last connection went is still away. Named by (incident, actor). */
export interface AwayMessage {
  readonly kind: 'away';
  readonly org: OrganisationId;
  readonly incident: IncidentId;
  readonly actor: string;
}

/** Asks for the next step of a run, if it is time for it. Named by (run); more often is harmless. */
export interface RunMessage {
  readonly kind: 'run';
  readonly org: OrganisationId;
  readonly run: RunId;
}

/** Asks for a look whether a cluster can be reached. Named by (organisation, cluster, when it was asked); more often is harmless. */
export interface ClusterTestMessage {
  readonly kind: 'cluster-test';
  readonly org: OrganisationId;
  readonly cluster: string;
  readonly askedAt: Instant;
}

/** Asks the publisher to take a fact into a page and to write it anew. Named by (page, number of the fact). */
export interface PublishMessage {
  readonly kind: 'publish';
  readonly page: PageId;
  /** The page stands at the root of the status site. */
  readonly root: boolean;
  readonly seq: number;
  /** What the fact changed, in the form of shared/status: the publisher reads nothing else. */
  readonly data: unknown;
}

/** Asks the publisher to write a page anew, of which time alone has changed what it shows. Named by (page, time). */
export interface RefreshMessage {
  readonly kind: 'refresh';
  readonly page: PageId;
  readonly root: boolean;
}

/** Asks the worker of bulk mail to find who is told of a published update. Named by (update, after). */
export interface AnnounceMessage {
  readonly kind: 'announce';
  readonly org: OrganisationId;
  readonly page: PageId;
  readonly update: Id<'statusUpdate'>;
  /** Go on after this subscriber: there were more than one run may take. */
  readonly after?: string | undefined;
  /** How many messages came before in this chain. */
  readonly hop: number;
}

/** Asks the worker of bulk mail to mail an update to some subscribers. */
export interface MailMessage {
  readonly kind: 'mail';
  readonly org: OrganisationId;
  readonly page: PageId;
  readonly update: Id<'statusUpdate'>;
  /** At most 50. */
  readonly to: readonly Id<'subscriber'>[];
}

/** Asks the worker of bulk mail to ask an address whether it wants to subscribe. Named by (subscriber, hour). */
export interface ConfirmMessage {
  readonly kind: 'confirm';
  readonly org: OrganisationId;
  readonly page: PageId;
  readonly subscriber: Id<'subscriber'>;
  readonly askedAt: Instant;
}
