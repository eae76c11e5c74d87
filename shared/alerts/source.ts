import type { Instant, IntegrationId } from '../kernel/index.ts';
import type { SaidChange } from './change.ts';
import type { Remark } from './remark.ts';
import type { Signal } from './signal.ts';
import type { Mapping } from './sources/generic/mapping.ts';
import type { Verification } from './verification.ts';

/** What is known of a POST besides its body. */
export interface Receipt {
  /** Unique per accepted POST. */
  readonly receipt: string;
  readonly receivedAt: Instant;
  readonly integration: IntegrationId;
  /** Headers under lower-case names: those that the source `reads`, and no other. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where this integration's bodies say what, as its owner set it; for `generic`. */
  readonly mapping?: Mapping | undefined;
  /** What an alarm with too few data means, as its owner set it; for alarms of CloudWatch. @default 'ignore' */
  readonly insufficientData?: 'ignore' | 'fire' | undefined;
}

/** Why a body is not accepted; only for what its sender can never mend by sending it again. */
export interface Refused {
  readonly code: 'invalid' | 'too_large';
  /** Sentences for the person who set up the sender. */
  readonly errors: readonly [string, ...string[]];
}

/** What a body says. */
export interface Translated {
  readonly signals: readonly Signal[];
  /** What was said about alerts without changing their state. */
  readonly remarks?: readonly Remark[];
  /** What was changed, such as a deployment; never pages. */
  readonly changes?: readonly SaidChange[];
  /** For protocols whose answer names the alert. */
  readonly dedupKey?: string;
  /** Why nothing of the body is an alert, in a sentence for who set up the sender; it is answered with a success. */
  readonly ignored?: string;
  /** What the sender calls this delivery, the same on each of its retries; absent where it gives no name. */
  readonly delivery?: string;
  /** What the source asks for before it sends: that an address of its own is visited, for the topic that is to be sent. */
  readonly confirmation?: { readonly of: string; readonly address: string };
  /** What is wrong with some parts of a body whose others are taken; for protocols that answer with both. */
  readonly faults?: readonly string[];
}

export type Translation = Translated | { readonly refused: Refused };

/** Something that alerts or changes come from. The name of its folder is its name in addresses. */
export interface AlertSource {
  /** The product as its users call it. */
  readonly product: string;
  readonly verification: Verification;
  /** Headers that the translation depends on, in lower case. @default none */
  readonly reads?: readonly string[];
  /** Whether it may also be told by GET, in the query of its address. @default false */
  readonly byQuery?: boolean;
  /** Whether its senders ask by OPTIONS for leave to send, as the webhooks of CloudEvents do. @default false */
  readonly asksLeave?: boolean;
  /**
   * Whether its senders tell how an alert stands, again and again and one word after the other, and not what happened: then the time of
   * a firing is when it began, however often it is told. @default false
   */
  readonly tellsState?: boolean;
  /** Turns a parsed body into what it says. Pure, total: no JSON value makes it throw. */
  translate(body: unknown, receipt: Receipt): Translation;
}
