import type { Instant, IntegrationId } from '../kernel/index.ts';
import type { Signal, Source } from './signal.ts';

/** What is known of a POST besides its body. */
export interface Receipt {
  /** Unique per accepted POST. */
  readonly receipt: string;
  readonly receivedAt: Instant;
  readonly integration: IntegrationId;
}

/** Why a body is not accepted; only for what its sender can never mend by sending it again. */
export interface Refused {
  readonly code: 'invalid' | 'too_large';
  /** Sentences for the person who set up the sender. */
  readonly errors: readonly [string, ...string[]];
}

/** What a body says. `dedupKey` is for protocols whose answer names the alert. */
export type Translation =
  | { readonly signals: readonly Signal[]; readonly dedupKey?: string }
  | { readonly refused: Refused };

/** Turns the parsed body of one source into signals. Pure, total: no JSON value makes it throw. */
export interface Translator {
  readonly source: Source;
  translate(body: unknown, receipt: Receipt): Translation;
}
