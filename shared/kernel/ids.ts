import { digestBytes } from './digest.ts';
import type { Instant } from './time.ts';

/** The kinds of id; the prefix says what a thing is, the rest sorts by time. */
export const idPrefixes = {
  organisation: 'org',
  incident: 'inc',
  alert: 'alr',
  change: 'chg',
  fact: 'fct',
  person: 'per',
  integration: 'int',
  key: 'key',
  policy: 'pol',
  rule: 'rul',
  runbook: 'rbk',
  postmortem: 'pm',
  subscriber: 'sub',
  action: 'act',
  run: 'run',
  statusPage: 'page',
  componentGroup: 'grp',
  component: 'cmp',
  statusIncident: 'pin',
  statusUpdate: 'upd',
  maintenance: 'mnt',
  silence: 'sil',
  maintenanceWindow: 'mwn',
  override: 'ovr',
  test: 'tst',
} as const;

export type IdKind = keyof typeof idPrefixes;
export type Id<Kind extends IdKind> = `${(typeof idPrefixes)[Kind]}_${string}`;
export type OrganisationId = Id<'organisation'>;
export type IncidentId = Id<'incident'>;
export type PersonId = Id<'person'>;
export type IntegrationId = Id<'integration'>;
export type PageId = Id<'statusPage'>;
export type RunId = Id<'run'>;

/** Crockford's alphabet, as in ULID: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * An id in ULID form whose time part is `at` and whose 80 bits are taken from a digest of `seed`. The same facts give the
 * same id on every worker and at every repetition, so nothing here needs randomness.
 */
export function idOf<Kind extends IdKind>(kind: Kind, at: Instant, ...seed: readonly string[]): Id<Kind> {
  return `${idPrefixes[kind]}_${timePart(at)}${seedPart(digestBytes(kind, ...seed))}` as Id<Kind>;
}

/** Whether a text has the form of an id of this kind; says nothing about its existence. */
export function isId<Kind extends IdKind>(kind: Kind, text: string): text is Id<Kind> {
  return (
    text.startsWith(`${idPrefixes[kind]}_`) &&
    /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text.slice(idPrefixes[kind].length + 1))
  );
}

/** The instant that an id carries. */
export function timeOfId(id: string): Instant {
  const part = id.slice(id.indexOf('_') + 1, id.indexOf('_') + 11);
  return [...part].reduce((time, letter) => time * 32 + ALPHABET.indexOf(letter), 0);
}

function timePart(at: Instant): string {
  let rest = Math.max(0, Math.floor(at));
  let text = '';
  for (let i = 0; i < 10; i++) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function seedPart(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes.slice(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < 16; i++) {
    text = ALPHABET.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
}
