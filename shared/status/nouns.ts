import type { Id, IncidentId, Instant } from '../kernel/index.ts';

/** How well a component works, from best to worst; maintenance is no fault and is told by the maintenance itself. */
export const workings = ['operational', 'degraded_performance', 'partial_outage', 'major_outage'] as const;
export type Working = (typeof workings)[number];
export type ComponentStatus = Working | 'under_maintenance';

/** What a published update says of its incident. */
export const updateStates = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type UpdateState = (typeof updateStates)[number];

/** How much an incident matters to those who read the page. */
export const impacts = ['none', 'minor', 'major', 'critical'] as const;
export type Impact = (typeof impacts)[number];

/** The colours that a page may choose; nothing else of its style can be set from outside. */
export const colourNames = ['accent', 'accentDark'] as const;
export type Colours = Readonly<Partial<Record<(typeof colourNames)[number], string>>>;

/** What a page is called and how it looks. Texts are plain, with paragraphs and links. */
export interface Settings {
  readonly name: string;
  /** The site that the page is about. */
  readonly url?: string;
  readonly header?: string;
  readonly footer?: string;
  /** An https address or a data: URL of an image. */
  readonly logo?: string;
  readonly colours?: Colours;
}

export interface Group {
  readonly id: Id<'componentGroup'>;
  readonly name: string;
  readonly position: number;
  readonly removedAt?: Instant;
}

/** A part of what the page is about. It stays when it is removed, for the sake of its history. */
export interface Component {
  readonly id: Id<'component'>;
  readonly name: string;
  readonly description?: string;
  readonly group?: Id<'componentGroup'>;
  readonly position: number;
  /** Shown to members only. */
  readonly internal: boolean;
  /** The services, as incidents name them, whose incidents are about this component; never shown in public. */
  readonly services: readonly string[];
  readonly createdAt: Instant;
  readonly removedAt?: Instant;
}

/** That a person said by hand how a component works from then on. */
export interface Mark {
  readonly component: Id<'component'>;
  readonly status: Working;
  readonly at: Instant;
  /** Its place in the log of the page: of two at one time the later one counts. */
  readonly number: number;
}

/** How an incident touches one component. */
export interface Affected {
  readonly component: Id<'component'>;
  readonly status: Working;
}

/** The incident that a published one came from, never shown in public. */
export interface IncidentSource {
  readonly incident: IncidentId;
  readonly generation: number;
}

/** An incident as the page tells it: what is true of it after its last update. */
export interface PageIncident {
  readonly id: Id<'statusIncident'>;
  readonly title: string;
  readonly impact: Impact;
  readonly internal: boolean;
  readonly source?: IncidentSource;
  readonly state: UpdateState;
  readonly affected: readonly Affected[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly resolvedAt?: Instant;
}

/** One thing that was told about an incident, with how its components were then. */
export interface Update {
  readonly id: Id<'statusUpdate'>;
  readonly incident: Id<'statusIncident'>;
  readonly state: UpdateState;
  readonly text: string;
  readonly affected: readonly Affected[];
  readonly at: Instant;
  /** Its place in the log of the page. */
  readonly number: number;
  readonly correctedAt?: Instant;
  /** When it was taken back: its words are gone, and it says nothing of any component. */
  readonly withdrawnAt?: Instant;
}

/** Work that was announced. Whether it is under way follows from the time. */
export interface Maintenance {
  readonly id: Id<'maintenance'>;
  readonly title: string;
  readonly text: string;
  readonly components: readonly Id<'component'>[];
  readonly from: Instant;
  readonly until: Instant;
  readonly internal: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly cancelledAt?: Instant;
}

/** A proposal that a person does not want to see again. */
export interface Dismissal {
  readonly proposal: string;
  readonly at: Instant;
}
