import { type Duration, type Instant, MINUTE, retryAfter } from '../../kernel/index.ts';

/** An answer of a provider over HTTP. */
export interface ProviderAnswer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * What became of handing a page to a provider: it has it; it will not take it as things are; or it failed. Reasons are in words for
 * people and name no secret.
 */
export type ChannelOutcome =
  | { readonly outcome: 'sent'; readonly providerId: string }
  | { readonly outcome: 'refused'; readonly reason: string }
  | FailedOutcome;

export interface FailedOutcome {
  readonly outcome: 'failed';
  readonly reason: string;
  /** Nothing was sent. */
  readonly certain: boolean;
  /** It is the provider that does not work, for this page or any other; not so when it only has too much to do. */
  readonly isDown: boolean;
  /** How long the provider wants to be left alone. */
  readonly wait?: Duration;
}

/** The longest that a provider is left alone because it asked for it: somebody waits for the page. */
export const LONGEST_WISH: Duration = 15 * MINUTE;

/** The outcome together with what the answer says by `Retry-After`. */
export function withWish(outcome: ChannelOutcome, { headers }: ProviderAnswer, now: Instant): ChannelOutcome {
  if (outcome.outcome !== 'failed') return outcome;
  const wait = retryAfter(headers['retry-after'], now);
  return wait === undefined ? outcome : { ...outcome, wait: Math.min(wait, LONGEST_WISH) };
}

/** What a request to a provider is. */
export interface ProviderRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * What a status other than success means for any provider. Too many requests pass by themselves, and nothing was sent; other
 * refusals and redirects last until somebody does something; of a fault of the provider nobody knows what became of the page.
 */
export function outcomeOfStatus(
  provider: string,
  { status }: ProviderAnswer,
  advice: string,
): ChannelOutcome {
  const said = `${provider} answered with status ${status}`;
  if (status === 408 || status === 425 || status === 429)
    return { outcome: 'failed', reason: said, certain: true, isDown: false };
  if (status >= 300 && status < 500) return { outcome: 'refused', reason: `${said}. ${advice}` };
  return { outcome: 'failed', reason: said, certain: false, isDown: true };
}
