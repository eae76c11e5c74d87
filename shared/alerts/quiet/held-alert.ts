import type { Instant, IntegrationId } from '../../kernel/index.ts';
import type { Signal } from '../signal.ts';
import type { Origin } from '../sources/index.ts';
import type { KeeperId } from './quiet.ts';

/** What something quiet held back of one alert, or a threshold: its newest firing, whole, so that it can be placed when that ends or is changed. */
export interface HeldAlert {
  readonly quiet: KeeperId;
  readonly signal: Signal;
  readonly from: HeldFrom;
  /** In words, what held it back; of what waits for a threshold its rule. */
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
