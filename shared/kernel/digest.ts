import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * SHA-256 in hex over parts that cannot run into each other: each is preceded by its length in UTF-8 bytes,
 * so ("a=b", "c") and ("a", "b=c") differ.
 */
export function digest(...parts: readonly string[]): string {
  return bytesToHex(digestBytes(...parts));
}

/** The same as bytes (32). */
export function digestBytes(...parts: readonly string[]): Uint8Array {
  let text = '';
  for (const part of parts) text += `${lengthOf(part)}:${part}`;
  return sha256(utf8ToBytes(text));
}

const beyondAscii = /[^\0-\x7f]/;

/** In UTF-8 bytes. */
const lengthOf = (text: string): number => (beyondAscii.test(text) ? utf8ToBytes(text).length : text.length);
