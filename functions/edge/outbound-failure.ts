/** Why there is no answer: we would not ask, time ran out, the answer was too much, or nobody answered. */
export type OutboundFault = 'refused' | 'timeout' | 'too-large' | 'unreachable';

/** Codes of a connection that failed before anything was sent on it. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_\w+|ERR_TLS_CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)$/;

/** A request that got no answer. The message is in words for people and names neither secrets nor addresses inside. */
export class OutboundFailure extends Error {
  readonly fault: OutboundFault;

  constructor(fault: OutboundFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutboundFailure';
    this.fault = fault;
  }

  /** No connection was made or trusted, so that nothing was sent; of all else nobody knows. */
  get wasNeverSent(): boolean {
    if (this.fault === 'refused') return true;
    const code = this.cause instanceof Error && 'code' in this.cause ? String(this.cause.code) : '';
    return this.fault === 'unreachable' && neverConnected.test(code);
  }
}
