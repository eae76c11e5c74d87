import type { IntegrationOptions, Source } from '../../shared/alerts/index.ts';
import {
  DAY,
  digest,
  type Id,
  type Instant,
  type IntegrationId,
  type OrganisationId,
  type PersonId,
  type Role,
  SECOND,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { clock } from './clock.ts';
import { ExpiringCache } from './expiring-cache.ts';
import { sha256 } from './random.ts';
import { table, type Write } from './table.ts';

/** A signing secret that counts, by its version, and until when; without an end it is the present one. */
export interface SecretVersion {
  readonly version: string;
  readonly until?: Instant;
}

/** How what an integration sends is let in. What an earlier version wrote has only the first five. */
export interface IntegrationDoor {
  readonly kind: 'integration';
  readonly org: OrganisationId;
  readonly id: IntegrationId;
  readonly name: string;
  readonly source: Source;
  /** When this key ends, since it was replaced. */
  readonly until?: Instant;
  /** Whether its owner lets nothing in. */
  readonly paused?: boolean;
  /** The secrets with which bodies may be signed; absent where none was ever set. */
  readonly secrets?: readonly SecretVersion[];
  /** Until when bodies without a signature are taken, after the first secret was set. */
  readonly unsignedUntil?: Instant;
  /** What its owner set; absent where nothing was. */
  readonly options?: IntegrationOptions;
}

/** What a secret key opens: the alerts of one integration, the calls of one heartbeat, or the API for one machine. */
export type KeyDoor =
  | IntegrationDoor
  | {
      readonly kind: 'heartbeat';
      readonly org: OrganisationId;
      readonly name: string;
    }
  | {
      readonly kind: 'machine';
      readonly org: OrganisationId;
      readonly id: Id<'key'>;
      readonly name: string;
      readonly role: Role;
    };

/** A membership, found by issuer and subject. */
export interface WhoDoor {
  readonly org: OrganisationId;
  readonly person: PersonId;
  readonly name: string;
  readonly role: Role;
}

const KNOWN = 60 * SECOND;
const UNKNOWN = 5 * SECOND;
const keys = new ExpiringCache<KeyDoor | undefined>(10_000);
/** Keys that were looked up again within the last second. */
const again = new ExpiringCache<true>(10_000);

/** What this secret opens, or undefined. Remembered for 60 s, and for 5 s that it opens nothing; its own end counts to the millisecond. */
export async function findKey(secret: string): Promise<KeyDoor | undefined> {
  const hash = sha256(secret);
  const known = keys.get(hash);
  return inForce(known === undefined ? await lookUp(hash) : known.value);
}

/** The same as the table has it at this moment, for what is asked seldom and lost when it is left out. */
export async function findKeyNow(secret: string): Promise<KeyDoor | undefined> {
  return inForce(await lookUp(sha256(secret)));
}

/** The same without what is remembered, for whom the door does not fit; undefined also when it was asked within the last second. */
export async function findKeyAgain(secret: string): Promise<KeyDoor | undefined> {
  const hash = sha256(secret);
  if (again.get(hash) !== undefined) return undefined;
  again.set(hash, true, SECOND);
  return inForce(await lookUp(hash));
}

async function lookUp(hash: string): Promise<KeyDoor | undefined> {
  const door = await table.get<KeyDoor>(schema.keyDoor.key({ hash }));
  keys.set(hash, door, door === undefined ? UNKNOWN : KNOWN);
  return door;
}

const inForce = (door: KeyDoor | undefined): KeyDoor | undefined =>
  door?.kind === 'integration' && door.until !== undefined && door.until <= clock.now() ? undefined : door;

/** The write that makes a door for this secret, of which only the hash is stored. */
export function putKeyDoorWrite(secret: string, door: KeyDoor): Write {
  return { put: { ...schema.keyDoor.key({ hash: sha256(secret) }), ...door }, ifNew: true };
}

/** The write that changes the door whose secret has this hash. One that ends is removed a day after. */
export function changeKeyDoorWrite(hash: string, door: IntegrationDoor): Write {
  const ttl = door.until === undefined ? {} : { ttl: Math.ceil((door.until + DAY) / SECOND) };
  return { put: { ...schema.keyDoor.key({ hash }), ...door, ...ttl } };
}

/** The write that closes the door whose secret has this hash. Warm environments may know it for 60 s more. */
export function deleteKeyDoorWrite(hash: string): Write {
  return { delete: schema.keyDoor.key({ hash }) };
}

/** The memberships of the person whom an issuer knows by this subject. */
export async function findWho(issuer: string, subject: string): Promise<readonly WhoDoor[]> {
  const partition = schema.whoDoor.partition({ hash: whoHash(issuer, subject) });
  return (await table.query<WhoDoor>({ partition })).items;
}

/** Who a token is of; `email` only when the issuer says that it was verified. */
export interface Identified {
  readonly issuer: string;
  readonly subject: string;
  readonly email?: string;
}

/** The memberships of a person: those by subject, and those that an administrator gave to the person's address. */
export async function findMemberships({ issuer, subject, email }: Identified): Promise<readonly WhoDoor[]> {
  const found = await Promise.all([
    findWho(issuer, subject),
    email === undefined ? [] : findWho(issuer, subjectOfMail(email)),
  ]);
  return [...new Map(found.toReversed().flatMap((doors) => doors.map((door) => [door.org, door]))).values()];
}

/** Stands for a person whose subject is not known yet: whoever the issuer says has this address. */
export const subjectOfMail = (email: string): string => `mailto:${email.toLowerCase()}`;

/** The name of the door of a person of an issuer. */
export const whoHash = (issuer: string, subject: string): string => digest(issuer, subject);

/** The write that makes a person a member by the name of their door. */
export function putWhoDoorWrite(hash: string, door: WhoDoor): Extract<Write, { put: unknown }> {
  return { put: { ...schema.whoDoor.key({ hash, org: door.org }), ...door } };
}
