import type { Instant } from '../kernel/index.ts';

/** Something that was said about an alert in the source's tool, such as a note; it changes no state. */
export interface Remark {
  readonly fingerprint: string;
  readonly at: Instant;
  /** Who said it, in the source's words. */
  readonly by?: string;
  readonly text: string;
}
