import type { OrganisationId } from '../../shared/kernel/index.ts';
import type { Person, Policy, Schedule } from '../../shared/on-call/index.ts';
import { type ConfigurationHead, loadConfiguration } from '../aws/configuration.ts';
import { listMembers } from '../aws/organisations.ts';
import { tellLeftOut } from '../edge/left-out.ts';

/** Who can be paged in an organisation, and in which order, as the configuration in force has it. */
export interface Roster {
  readonly org: OrganisationId;
  readonly people: readonly Person[];
  readonly schedules: readonly Schedule[];
  readonly policies: readonly Policy[];
}

/** The roster of a configuration whose head was loaded together with other things; without one there is nobody in it. */
export async function rosterOf(org: OrganisationId, head: ConfigurationHead | undefined): Promise<Roster> {
  if (head === undefined) return { org, people: [], schedules: [], policies: [] };
  const { people, schedules, policies } = (await loadConfiguration(org, tellLeftOut, head)).body;
  return { org, people, schedules, policies };
}

/** The catch-all: members who administer the organisation and have an address. */
export async function loadAdministrators(org: OrganisationId): Promise<readonly Person[]> {
  return (await listMembers(org)).flatMap(({ person: id, name, email, role }) =>
    role === 'administrator' && email !== undefined ? [{ id, name, email }] : [],
  );
}

/** Somebody whom a step can page, by id: a person of the configuration, else an administrator. */
export async function findPerson({ org, people }: Roster, id: string): Promise<Person | undefined> {
  const isIt = (person: Person): boolean => person.id === id;
  return people.find(isIt) ?? (await loadAdministrators(org)).find(isIt);
}
