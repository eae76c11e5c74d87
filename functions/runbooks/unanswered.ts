import type { EffectResult } from '../../shared/runbooks/index.ts';
import { OutboundFailure } from '../edge/outbound.ts';

/** Faults of a connection that was never made, so that nothing was sent. */
const neverSent =
  /\((ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_\w+|ERR_TLS_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)\)/;

/** What a request that got no answer means: of one that changes something, nobody knows whether it happened. */
export function unanswered(error: unknown, mayRepeat: boolean): EffectResult {
  if (!(error instanceof OutboundFailure)) throw error;
  const { fault, message } = error;
  const isClear = mayRepeat || fault === 'refused' || fault === 'too-large' || neverSent.test(message);
  return { is: isClear ? 'failed' : 'unknown', reason: message };
}
