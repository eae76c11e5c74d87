import type { Instant, IntegrationId } from '../../kernel/index.ts';
import type { Signal } from '../signal.ts';
import type { Origin } from '../sources/index.ts';
import type { HolderId } from './quiet.ts';

/** What something quiet held back of one alert: its newest firing, whole, so that it can be placed when the quiet ends. */
export interface HeldAlert {
  readonly quiet: HolderId;
  readonly signal: Signal;
  readonly from: HeldFrom;
  /** In words, what held it back. */
  readonly why: string;
  /** When what held it back ends, by what was known. */
  readonly quietTo: Instant;
}

/** Where a firing came from. */
export interface HeldFrom {
  readonly integration: IntegrationId;
  readonly source: Origin;
  readonly receipt: string;
  readonly receivedAt: Instant;
}
