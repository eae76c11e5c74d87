import { type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { findMember, listMembers } from '../aws/organisations.ts';
import { tellLeftOut } from '../edge/left-out.ts';

/**
 * The member who is meant by the assignee of an action: a member by id, or a person of the configuration, who is the member with the
 * same e-mail address. So the room, the list and the post-mortem name one and the same. Who is neither is left for the room to refuse.
 */
export async function memberMeant(org: OrganisationId, assignee: string): Promise<string> {
  if (await findMember(org, assignee)) return assignee;
  const { body } = await loadConfiguration(org, tellLeftOut);
  const person = body.people.find(({ id }) => id === assignee);
  if (person === undefined) return assignee;
  const address = person.email.toLowerCase();
  const member = (await listMembers(org)).find(({ email }) => email?.toLowerCase() === address);
  if (member) return member.person;
  throw new Refusal(
    'not_found',
    `'${assignee}' is a person of the configuration, but no member of this organisation has the address ${person.email}; POST /api/members makes one of them.`,
    'body.assignee',
  );
}
