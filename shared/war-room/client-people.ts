import type { FactView } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { RoomClient } from './client-state.ts';
import type { Present, ServerMessageOf } from './protocol.ts';

/** How long somebody is believed to type after they said so: a little longer than they say it again. */
const TYPES = 5_000;

/** The people after somebody came, went or looked elsewhere. */
export function withPresence(client: RoomClient, { person, here }: ServerMessageOf<'presence'>): RoomClient {
  const others = client.people.filter(({ id }) => id !== person.id);
  return { ...client, people: here ? among(others, person) : others };
}

/** The people by the log, which tells also of large rooms who joined and left. */
export function withVisits(client: RoomClient, facts: readonly FactView[]): RoomClient {
  let people = client.people;
  for (const { type, data } of facts) {
    if (type !== 'room.joined' && type !== 'room.left') continue;
    const { id, name } = data.person as Present;
    const isThere = people.some((person) => person.id === id);
    if (type === 'room.left') people = people.filter((person) => person.id !== id);
    else if (!isThere) people = among(people, { id, name });
  }
  return people === client.people ? client : { ...client, people };
}

/** Somebody types. */
export function withTyping(client: RoomClient, { id, name }: Present, now: Instant): RoomClient {
  return { ...client, typing: new Map(client.typing).set(id, { name, until: now + TYPES }) };
}

/** Without those who have not typed for a while, and those who have said what they typed. */
export function withoutTypists(
  client: RoomClient,
  now: Instant,
  facts: readonly FactView[] = [],
): RoomClient {
  const said = new Set(facts.flatMap(({ type, actor }) => (type === 'room.said' ? [actor.id] : [])));
  const left = [...client.typing].filter(([id, { until }]) => until > now && !said.has(id));
  return left.length === client.typing.size ? client : { ...client, typing: new Map(left) };
}

export const byName = (people: readonly Present[]): readonly Present[] => people.toSorted(inOrder);

const inOrder = (a: Present, b: Present): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;

/** People in order with one more: hundreds come within seconds, and to sort all for each would be long. */
function among(people: readonly Present[], person: Present): readonly Present[] {
  let low = 0;
  let high = people.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = people[middle];
    if (there !== undefined && inOrder(there, person) < 0) low = middle + 1;
    else high = middle;
  }
  return people.toSpliced(low, 0, person);
}
