/** Why there is no answer: we would not ask, time ran out, the answer was too much, or nobody answered. */
export type OutboundFault = 'refused' | 'timeout' | 'too-large' | 'unreachable';

/** A request that got no answer. The message is in words for people and names neither secrets nor addresses inside. */
export class OutboundFailure extends Error {
  readonly fault: OutboundFault;

  constructor(fault: OutboundFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutboundFailure';
    this.fault = fault;
  }
}
