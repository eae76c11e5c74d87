import type { Severity } from '../alerts/index.ts';
import type { IncidentId, Instant } from '../kernel/index.ts';
import type { Opened, Target } from './facts.ts';
import type { NextStep } from './incident.ts';

export type IncidentCommand =
  | { readonly do: 'open'; readonly at: Instant; readonly data: Opened['data'] }
  | { readonly do: 'acknowledge'; readonly generation?: number }
  | {
      readonly do: 'escalate';
      readonly generation: number;
      readonly step: number;
      readonly level: number;
      readonly targets: readonly Target[];
      readonly skipped?: readonly number[];
      readonly next?: NextStep;
    }
  /** The pages of this step reached nobody: what comes next comes now. */
  | { readonly do: 'bring-forward'; readonly generation: number; readonly step: number }
  | { readonly do: 'change-severity'; readonly to: Severity }
  /** What a new alert may do: never lowers what a person has set. */
  | { readonly do: 'raise-severity'; readonly to: Severity }
  | { readonly do: 'rename'; readonly title: string }
  | {
      readonly do: 'resolve';
      readonly reason: 'person' | 'alerts-resolved';
      readonly at: Instant;
      readonly note?: string;
    }
  | { readonly do: 'reopen'; readonly reason: 'person' | 'alert-fired'; readonly at: Instant }
  | { readonly do: 'merge'; readonly into: IncidentId; readonly reason: string }
  | { readonly do: 'absorb'; readonly from: IncidentId; readonly reason: string }
  | { readonly do: 'delete' };
