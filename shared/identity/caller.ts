import type { Ctx, Id, OrganisationId, PersonId, Role } from '../kernel/index.ts';

/** A person's place in one organisation. */
export interface Membership {
  readonly org: OrganisationId;
  readonly person: PersonId;
  readonly name: string;
  readonly role: Role;
}

/** A person whose token was checked. `membership` is the one of this request; without it only `person` routes are open. */
export interface PersonCaller {
  readonly kind: 'person';
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  /** Only when the issuer says that it was verified. */
  readonly email?: string;
  readonly membership?: Membership;
  /** Why there is no membership, in words for the person. */
  readonly because?: string;
}

/** A machine whose key was found. */
interface MachineCaller {
  readonly kind: 'machine';
  readonly org: OrganisationId;
  readonly id: Id<'key'>;
  readonly name: string;
  readonly role: Role;
}

/** Who calls, as the authorizer found out. */
export type Caller = PersonCaller | MachineCaller;

/** What the verbs of an organisation are told about the caller; undefined when the caller has no organisation. */
export function ctxOf(caller: Caller): Ctx | undefined {
  if (caller.kind === 'machine') {
    const { org, role, id, name } = caller;
    return { org, role, actor: { kind: 'machine', id, name } };
  }
  const { membership } = caller;
  if (membership === undefined) return undefined;
  const { org, role, person, name } = membership;
  return { org, role, actor: { kind: 'person', id: person, name } };
}

/** How the secret of a machine key begins, so that it can be told from a token, and found when it leaks. */
export const MACHINE_KEY_PREFIX = 'imk_';
