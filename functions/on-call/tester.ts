import { type Ctx, digest, Refusal } from '../../shared/kernel/index.ts';
import type { Person } from '../../shared/on-call/index.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { listMembers } from '../aws/organisations.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { callerIn } from './caller.ts';

/** The person of the configuration who asks, by their id or their address: nobody else's channels are ever tried. */
export async function personAsking(ctx: Ctx): Promise<Person> {
  if (ctx.actor.kind !== 'person')
    throw new Refusal('forbidden', 'Only a person can try their own channels; a key has none. Sign in.');
  const { people } = (await loadConfiguration(ctx.org, tellLeftOut)).body;
  const members = await listMembers(ctx.org);
  const known = [...people, ...members.map(({ person: id, email }) => ({ id, email }))];
  const id = callerIn(ctx, known);
  const person = people.find((one) => one.id === id);
  if (person) return person;
  throw new Refusal(
    'precondition',
    'You are not among the people of the configuration, so there are no channels of yours. A manager adds you with PUT /api/config, under your id or the address that you sign in with.',
  );
}

/** The digest of an address of somebody, and of a code: neither is stored again as it is. */
export const digestOf = (ctx: Pick<Ctx, 'org'>, person: Person, text: string): string =>
  digest(ctx.org, person.id, text);
