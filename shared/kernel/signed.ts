/** A keyed digest of a text in base64url, such as HMAC-SHA256. */
export type Sign = (text: string) => string;

/** Fields without dots as one token of URL-safe letters: readable, with their signature behind the last dot. */
export function signedFields(fields: readonly string[], sign: Sign): string {
  const text = fields.join('.');
  return `${text}.${sign(text)}`;
}

/** The fields of a token; undefined when it was not signed by us as it stands, or is too long to be ours. */
export function readSigned(token: string, sign: Sign): readonly string[] | undefined {
  if (token.length > 500) return undefined;
  const end = token.lastIndexOf('.');
  const text = token.slice(0, Math.max(0, end));
  return equal(token.slice(end + 1), sign(text)) ? text.split('.') : undefined;
}

/** Takes the same time wherever two signatures differ. */
function equal(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
