import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isRecord } from './record.ts';

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

/** A digest of any JSON value that does not depend on the order of its keys; what lies deeper than 64 levels is ignored. */
export function jsonDigest(value: unknown): string {
  return digest(ordered(value, 64));
}

function ordered(value: unknown, levels: number): string {
  if (levels === 0) return '…';
  if (Array.isArray(value)) return `[${value.map((each) => ordered(each, levels - 1)).join(',')}]`;
  if (!isRecord(value)) return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? '');
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${ordered(value[name], levels - 1)}`).join(',')}}`;
}
