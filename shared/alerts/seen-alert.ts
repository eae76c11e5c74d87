import type { Instant, IntegrationId } from '../kernel/index.ts';
import type { Severity } from './severity.ts';
import type { SignalState } from './signal.ts';

/** An alert as its sender may ask for it: what is known of it by now, without how it was decided. */
export interface SeenAlert {
  readonly fingerprint: string;
  readonly integration: IntegrationId;
  readonly labels: Readonly<Record<string, string>>;
  readonly title?: string;
  readonly severity?: Severity;
  /** Undefined while it has never fired. */
  readonly state: SignalState | undefined;
  /** Its firings that are remembered. */
  readonly count: number;
  /** When what is on now, or was last, began, and when it fired last; absent while it has never fired. */
  readonly from?: Instant;
  readonly last?: Instant;
  /** When that ended. */
  readonly to?: Instant;
}
