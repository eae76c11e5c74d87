import type { FactView } from '../incidents/index.ts';
import { type Duration, type Instant, SECOND } from '../kernel/index.ts';
import { framePause } from './budget.ts';
import type { RoomClient } from './client-state.ts';

/** How long a hole may be there before it is asked about: messages overtake each other, also from one frame to the next. */
const overtaking = ({ people }: RoomClient): Duration => 1.2 * framePause(people.length);

/** How long an answer that brought nothing new is followed by the next question: somebody may still be writing. */
const AGAIN = SECOND;

/** Takes facts and the last number of the room: what follows in order becomes part of the log, what is beyond a hole waits. */
export function take(
  client: RoomClient,
  { facts, last }: { readonly facts: readonly FactView[]; readonly last: number },
  now: Instant,
): RoomClient {
  const ahead = new Map(client.ahead);
  for (const fact of facts) if (fact.seq > client.known) ahead.set(fact.seq, fact);
  const next: FactView[] = [];
  for (let seq = client.known + 1; ; seq++) {
    const fact = ahead.get(seq);
    if (fact === undefined) break;
    ahead.delete(seq);
    next.push(fact);
  }
  const known = client.known + next.length;
  const most = Math.max(client.last, last, known, ...ahead.keys());
  const after = {
    ...client,
    facts: next.length > 0 ? [...client.facts, ...next] : client.facts,
    ...{ known, last: most, ahead },
  };
  return withQuestion(after, now + overtaking(client));
}

/**
 * Plans to ask for what is missing, at that time unless a time is planned already; no question when nothing is missing. Who has not
 * been answered yet asks on: facts may come before the answer to `join`, and that may be lost.
 */
export function withQuestion(client: RoomClient, at: Instant): RoomClient {
  const { askAt, ...rest } = client;
  if (client.known >= client.last && client.link !== 'joining') return rest;
  return { ...rest, askAt: askAt ?? at };
}

/** The client after it has asked: if what comes does not bring it forward, it asks again. */
export const afterQuestion = (client: RoomClient, now: Instant): RoomClient => ({
  ...client,
  askAt: now + AGAIN,
});
