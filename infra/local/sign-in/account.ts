import { createHash } from 'node:crypto';

/** The subject of an address: the same address, whatever its case, is the same person on every start. */
export function subjectOf(email: string): string {
  const hex = createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Whether a text can be an e-mail address: one `@` with something on both sides, no spaces, at most 254 characters. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+$/.test(text);
}

/** The claims of an ID token, as Cognito writes them. */
export function claimsOf(email: string) {
  const sub = subjectOf(email);
  return { sub, email, email_verified: true, token_use: 'id', 'cognito:username': sub };
}
