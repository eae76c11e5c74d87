import type { OrganisationId } from '../../shared/kernel/index.ts';
import type { Person, Policy } from '../../shared/on-call/index.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { listMembers } from '../aws/organisations.ts';

/** Who can be paged in an organisation, and in which order. */
export interface Roster {
  readonly people: readonly Person[];
  readonly policies: readonly Policy[];
  /** The catch-all: members who administer the organisation and have an address. */
  readonly administrators: readonly Person[];
}

/** The roster as the configuration in force and the members have it. */
export async function loadRoster(org: OrganisationId): Promise<Roster> {
  const [{ body }, members] = await Promise.all([loadConfiguration(org), listMembers(org)]);
  const administrators = members.flatMap(({ person: id, name, email, role }) =>
    role === 'administrator' && email !== undefined ? [{ id, name, email }] : [],
  );
  return { people: body.people, policies: body.policies, administrators };
}

/** Somebody of the roster by id. */
export function findPerson({ people, administrators }: Roster, id: string): Person | undefined {
  return [...people, ...administrators].find((person) => person.id === id);
}
