import {
  type Actor,
  type Id,
  type Instant,
  type OrganisationId,
  type PersonId,
  Refusal,
  type Role,
} from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { type KeyDoor, putKeyDoorWrite, putWhoDoorWrite } from './doors.ts';
import { sha256 } from './random.ts';
import { table } from './table.ts';

/** A person of an organisation, as listed. */
export interface MemberRow {
  readonly person: PersonId;
  readonly name: string;
  readonly email?: string;
  readonly role: Role;
  /** The name of the door by which this person comes in. */
  readonly door: string;
}

/** A machine key, as listed; `hash` finds its door. */
export interface MachineKeyRow {
  readonly id: Id<'key'>;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly hash: string;
}

/** What is stored when an organisation begins. */
export interface NewOrganisation {
  readonly org: OrganisationId;
  readonly name: string;
  readonly createdAt: Instant;
  readonly first: MemberRow;
}

/** Stores an organisation with its first member; false when there is one by this id: it is of an earlier try. */
export async function putOrganisation({ org, name, createdAt, first }: NewOrganisation): Promise<boolean> {
  const { person, name: called, role, door } = first;
  const { committed } = await table.transact([
    { put: { ...schema.organisation.key({ org }), org, name, createdAt }, ifNew: true },
    { put: { ...schema.member.key({ org, person }), ...first }, ifNew: true },
    putWhoDoorWrite(door, { org, person, name: called, role }),
  ]);
  return committed;
}

/** The names of these organisations. */
export async function organisationNames(
  orgs: readonly OrganisationId[],
): Promise<ReadonlyMap<OrganisationId, string>> {
  const rows = await table.load<{ name: string }>(orgs.map((org) => schema.organisation.key({ org })));
  return new Map(orgs.map((org, i) => [org, rows[i]?.name ?? org]));
}

/** The people of an organisation. */
export async function listMembers(org: OrganisationId): Promise<readonly MemberRow[]> {
  return (await table.query<MemberRow>({ partition: schema.member.partition({ org }) })).items;
}

/** Stores a member and the door; false when that door leads into the organisation already. */
export async function putMember(org: OrganisationId, member: MemberRow): Promise<boolean> {
  const { person, name, role, door } = member;
  const { committed } = await table.transact([
    { put: { ...schema.member.key({ org, person }), ...member }, ifNew: true },
    { ...putWhoDoorWrite(door, { org, person, name, role }), ifNew: true },
  ]);
  return committed;
}

/** Removes a member and the door, while the one who does it is still a member; false when either is none. */
export async function removeMember(
  org: OrganisationId,
  { person, door }: MemberRow,
  by: PersonId | undefined,
): Promise<boolean> {
  const isThere = { pk: { exists: true } } as const;
  const { committed } = await table.transact([
    { delete: schema.member.key({ org, person }), if: isThere },
    { delete: schema.whoDoor.key({ hash: door, org }) },
    ...(by === undefined ? [] : [{ check: schema.member.key({ org, person: by }), if: isThere }]),
  ]);
  return committed;
}

/** One person of an organisation, read consistently. */
export async function findMember(org: OrganisationId, person: string): Promise<MemberRow | undefined> {
  return table.get<MemberRow>(schema.member.key({ org, person }));
}

/** The role that somebody has in an organisation now; undefined for who does not belong to it any more. */
export async function roleNow(org: OrganisationId, { kind, id }: Actor): Promise<Role | undefined> {
  if (kind === 'machine')
    return (await table.get<MachineKeyRow>(schema.machineKey.key({ org, key: id })))?.role;
  return (await findMember(org, id))?.role;
}

/** The machine keys of an organisation. */
export async function listMachineKeys(org: OrganisationId): Promise<readonly MachineKeyRow[]> {
  return (await table.query<MachineKeyRow>({ partition: schema.machineKey.partition({ org }) })).items;
}

/** Stores a machine key: its row in the list, and its door, which alone knows what the secret opens. */
export async function putMachineKey(
  org: OrganisationId,
  secret: string,
  row: Omit<MachineKeyRow, 'hash'>,
): Promise<void> {
  const { id, name, role } = row;
  const door: KeyDoor = { kind: 'machine', org, id, name, role };
  const listed = { ...schema.machineKey.key({ org, key: id }), ...row, hash: sha256(secret) };
  const { committed } = await table.transact([{ put: listed, ifNew: true }, putKeyDoorWrite(secret, door)]);
  // An earlier try under the same Idempotency-Key stored it and died; the secret of that one is lost.
  if (!committed)
    throw new Refusal('conflict', 'This key was made before, and its secret is shown only once.');
}

/** Removes a machine key and its door; false when there is none with this id. */
export async function removeMachineKey(org: OrganisationId, id: Id<'key'>): Promise<boolean> {
  const key = schema.machineKey.key({ org, key: id });
  const row = await table.get<MachineKeyRow>(key);
  if (row === undefined) return false;
  const door = schema.keyDoor.key({ hash: row.hash });
  return (await table.transact([{ delete: key, if: { pk: { exists: true } } }, { delete: door }])).committed;
}
