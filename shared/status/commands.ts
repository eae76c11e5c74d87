import type { Id } from '../kernel/index.ts';
import type { Affected, Impact, IncidentSource, Settings, UpdateState, Working } from './nouns.ts';

/** Some fields, of which `null` takes one away. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | null | undefined };

interface ComponentFields {
  readonly name: string;
  readonly description?: string | undefined;
  readonly group?: Id<'componentGroup'> | undefined;
  readonly position?: number | undefined;
  readonly internal: boolean;
  readonly services: readonly string[];
}

interface MaintenanceFields {
  readonly title: string;
  readonly text: string;
  readonly components: readonly Id<'component'>[];
  readonly from: number;
  readonly until: number;
  readonly internal: boolean;
}

/** What people may want of a page. Ids are chosen by whoever asks, so that a repetition is the same. */
export type PageCommand =
  | { readonly do: 'configure'; readonly settings: Patch<Settings> }
  | { readonly do: 'add-group'; readonly id: Id<'componentGroup'>; readonly name: string }
  | {
      readonly do: 'change-group';
      readonly id: Id<'componentGroup'>;
      readonly change: { readonly name?: string | undefined; readonly position?: number | undefined };
      readonly before?: Id<'componentGroup'> | null | undefined;
    }
  | { readonly do: 'remove-group'; readonly id: Id<'componentGroup'> }
  | { readonly do: 'add-component'; readonly id: Id<'component'>; readonly component: ComponentFields }
  | {
      readonly do: 'change-component';
      readonly id: Id<'component'>;
      readonly change: Patch<ComponentFields>;
      /** Puts it before that one of its group, `null` after all; left out, it keeps its place. */
      readonly before?: Id<'component'> | null | undefined;
    }
  | { readonly do: 'remove-component'; readonly id: Id<'component'> }
  | { readonly do: 'mark'; readonly component: Id<'component'>; readonly status: Working }
  | {
      readonly do: 'publish-incident';
      readonly id: Id<'statusIncident'>;
      readonly update: Id<'statusUpdate'>;
      readonly title: string;
      readonly impact?: Impact | undefined;
      readonly internal: boolean;
      readonly source?: IncidentSource | undefined;
      readonly state: UpdateState;
      readonly text: string;
      readonly affected: readonly Affected[];
    }
  | {
      readonly do: 'publish-update';
      readonly incident: Id<'statusIncident'>;
      readonly update: Id<'statusUpdate'>;
      readonly state: UpdateState;
      readonly text: string;
      /** Left out, the components are as they were. */
      readonly affected?: readonly Affected[] | undefined;
    }
  | {
      readonly do: 'change-incident';
      readonly id: Id<'statusIncident'>;
      readonly change: {
        readonly title?: string | undefined;
        readonly impact?: Impact | undefined;
        readonly internal?: boolean | undefined;
      };
    }
  | {
      readonly do: 'correct-update';
      readonly incident: Id<'statusIncident'>;
      readonly update: Id<'statusUpdate'>;
      readonly text: string;
    }
  | {
      readonly do: 'withdraw-update';
      readonly incident: Id<'statusIncident'>;
      readonly update: Id<'statusUpdate'>;
    }
  | { readonly do: 'schedule'; readonly id: Id<'maintenance'>; readonly maintenance: MaintenanceFields }
  | {
      readonly do: 'change-maintenance';
      readonly id: Id<'maintenance'>;
      readonly change: { readonly [K in keyof MaintenanceFields]?: MaintenanceFields[K] | undefined };
    }
  | { readonly do: 'cancel-maintenance'; readonly id: Id<'maintenance'> }
  | { readonly do: 'dismiss'; readonly proposal: string };
