import type { Severity } from '../alerts/index.ts';
import type { Actor, Instant } from '../kernel/index.ts';
import type { Escalated, Opened, PutOff } from './facts.ts';
import type { LinkCommand } from './links.ts';

/** When detection wants somebody to be paged who is woken by a command; at once without it. */
interface Paged {
  readonly pageAt?: Instant | undefined;
  /** What causes the command is of low urgency, and wakes nobody. */
  readonly urgency?: 'low';
}

export type IncidentCommand =
  | { readonly do: 'open'; readonly at: Instant; readonly data: Opened['data'] }
  | { readonly do: 'acknowledge'; readonly generation?: number; readonly by?: Actor }
  | ({ readonly do: 'escalate' } & Escalated['data'])
  /** The pages of this step reached nobody: what comes next comes now; `after` is the step to take where none is planned. */
  | {
      readonly do: 'bring-forward';
      readonly generation: number;
      readonly step: number;
      readonly after: number;
    }
  /** The step that comes next comes then instead: a maintenance window keeps it back, or does no more. */
  | ({ readonly do: 'put-off' } & PutOff['data'])
  /** An alert joined that may not be muted as those are for which the next step waits: it comes then, and is put off again if it is. */
  | { readonly do: 'look-again'; readonly pageAt: Instant }
  /** An alert joined that pages then by itself: the first page, where that is due later and nothing keeps it back, comes then. */
  | { readonly do: 'page-by'; readonly pageAt: Instant }
  | { readonly do: 'change-severity'; readonly to: Severity }
  /** What a new alert may do: never lowers what a person has set. */
  | ({ readonly do: 'raise-severity'; readonly to: Severity } & Paged)
  /** The harm ended at that time; nothing when the incident says so already. */
  | { readonly do: 'mitigate'; readonly at: Instant }
  | { readonly do: 'rename'; readonly title: string }
  | {
      readonly do: 'resolve';
      readonly reason: 'person' | 'alerts-resolved';
      readonly at: Instant;
      readonly note?: string;
    }
  | ({ readonly do: 'reopen'; readonly reason: 'person' | 'alert-fired'; readonly at: Instant } & Paged)
  | LinkCommand
  | { readonly do: 'delete' };
