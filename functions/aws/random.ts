import { createHash, randomBytes } from 'node:crypto';
import { type Id, type IdKind, idOf } from '../../shared/kernel/index.ts';
import { clock } from './clock.ts';

/** A new id of this kind that sorts by the present time. */
export function newId<Kind extends IdKind>(kind: Kind): Id<Kind> {
  return idOf(kind, clock.now(), newToken());
}

/** 256 random bits in base64url: for keys, tickets and seeds. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex: the form in which a secret is kept. */
export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
