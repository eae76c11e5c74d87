import { randomBytes } from 'node:crypto';

/** 128 bits in the form of a PagerDuty routing key, which senders check for its 32 characters. */
export const newKey = (): string => randomBytes(16).toString('hex');

/** 256 bits in hex: a secret with which bodies are signed. */
export const newSigningSecret = (): string => randomBytes(32).toString('hex');
