/**
 * How a body is proved to come from its source, beside the key of its address. `hmac`: SHA-256 over the raw bytes, in hex.
 * `sns`: a signature by the certificate that the envelope names, from an address of Amazon SNS.
 */
export type Verification = { readonly scheme: 'key' } | { readonly scheme: 'sns' } | HmacVerification;

export interface HmacVerification {
  readonly scheme: 'hmac';
  /** The header of the signature, in lower case. */
  readonly header: string;
  /** What stands before the hex digits, such as `sha256=`. @default nothing */
  readonly prefix?: string;
  /** Whether the header may hold several signatures, separated by commas, of which one must be right. @default false */
  readonly several?: boolean;
  /** A header with a time in seconds that, where it is sent, is signed before the body: `<time>:<body>`. */
  readonly timeHeader?: string;
  /** Who makes the secret up: the source's product, whose secret is pasted here, or we, whose secret is pasted there. */
  readonly secretBy: 'source' | 'us';
}

/** How far the signed time of a delivery may be from ours, either way, in seconds. Source: Standard Webhooks. */
export const SIGNED_WITHIN = 300;

/** For sources that cannot sign: the key of the address is the proof. */
export const keyOnly: Verification = { scheme: 'key' };
