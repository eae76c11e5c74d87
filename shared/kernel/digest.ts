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
  const hash = sha256.create();
  for (const part of parts) {
    const bytes = utf8ToBytes(part);
    hash.update(utf8ToBytes(`${bytes.length}:`)).update(bytes);
  }
  return hash.digest();
}
