import type { FactView } from '../incidents/index.ts';
import type { Duration, Instant } from '../kernel/index.ts';
import { framePause, pagePause } from './budget.ts';
import type { RoomClient } from './client-state.ts';
import { patienceAfter } from './limits.ts';

/** How long a hole may be there before it is asked about: messages overtake each other, also from one frame to the next. */
const overtaking = ({ connections }: RoomClient): Duration => 1.2 * framePause(connections);

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

/** The client after it has asked: if what comes does not bring it forward, it asks again, the later the longer nobody answers. */
export const afterQuestion = (client: RoomClient, now: Instant): RoomClient => ({
  ...client,
  ...{ askAt: now + patienceAfter(client.asks + 1) / 2, asks: client.asks + 1 },
});

/** The client after an answer: what is missing after a whole page is asked for when its turn has come. */
export function afterAnswer(before: RoomClient, client: RoomClient, now: Instant): RoomClient {
  const answered = { ...client, asks: 0 };
  const goesOn = answered.known > before.known && answered.askAt !== undefined;
  return goesOn ? { ...answered, askAt: now + pagePause(answered.connections) } : answered;
}
