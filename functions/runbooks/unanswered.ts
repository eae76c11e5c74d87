import type { EffectResult } from '../../shared/runbooks/index.ts';
import { OutboundFailure } from '../edge/outbound.ts';

/** What a request that got no answer means: of one that changes something, nobody knows whether it happened. */
export function unanswered(error: unknown, mayRepeat: boolean): EffectResult {
  if (!(error instanceof OutboundFailure)) throw error;
  const { fault, message, wasNeverSent } = error;
  // Of an answer that is too long the beginning came.
  const isClear = mayRepeat || wasNeverSent || fault === 'too-large';
  return { is: isClear ? 'failed' : 'unknown', reason: message };
}
