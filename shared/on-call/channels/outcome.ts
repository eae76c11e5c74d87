/** An answer of a provider over HTTP. */
export interface ProviderAnswer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * What became of handing a page to a provider: it has it; it will not take it as things are; or it failed, which is `certain` when
 * nothing was sent. Reasons are in words for people and name no secret.
 */
export type ChannelOutcome =
  | { readonly outcome: 'sent'; readonly providerId: string }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string; readonly certain: boolean };

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
    return { outcome: 'failed', reason: said, certain: true };
  if (status >= 300 && status < 500) return { outcome: 'refused', reason: `${said}. ${advice}` };
  return { outcome: 'failed', reason: said, certain: false };
}
