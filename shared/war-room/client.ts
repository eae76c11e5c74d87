import { type Instant, impossible, MINUTE, SECOND } from '../kernel/index.ts';
import { afterAnswer, afterQuestion, take } from './client-log.ts';
import { again, complained, headOf, sendAt, sent, unsent, withMessage, without } from './client-outbox.ts';
import { byName, withoutTypists, withPresence, withTyping, withVisits } from './client-people.ts';
import type { RoomClient } from './client-state.ts';
import { PROTOCOL_VERSION, times } from './limits.ts';
import type { ClientFrame, ServerMessage, WritingFrame } from './protocol.ts';

/** What happens to a client. */
export type ClientEvent =
  | { readonly is: 'start' | 'stop' | 'opened' | 'closed' | 'time' | 'typed' }
  /** No ticket was given, and asking again would not help. */
  | { readonly is: 'refused'; readonly because: string }
  | { readonly is: 'heard'; readonly frame: ServerMessage }
  | { readonly is: 'say'; readonly frame: WritingFrame }
  | { readonly is: 'again' | 'drop'; readonly id: string }
  | { readonly is: 'looked'; readonly away: boolean };

/** What is to be done about it: get a ticket and open a socket with it, send a frame, or close the socket. */
export type ClientEffect =
  | { readonly do: 'open' | 'close' }
  | { readonly do: 'send'; readonly frame: ClientFrame };

/** When it happened, and a number from 0 to 1 by which clients that were cut off together come back apart. */
export interface Occasion {
  readonly now: Instant;
  readonly luck: number;
}

type Step = readonly [client: RoomClient, effects: readonly ClientEffect[]];

/**
 * The whole of a client's behaviour, as a function: what it knows and does after something happened. Whoever drives it calls it
 * with `time` at `wakeAt`.
 */
export function stepClient(client: RoomClient, event: ClientEvent, occasion: Occasion): Step {
  const { now } = occasion;
  switch (event.is) {
    case 'start':
      return client.link === 'closed' || client.link === 'refused' ? open(client, now) : [client, []];
    case 'stop':
      return [closed({ ...client, failures: 0 }), [{ do: 'close' }]];
    case 'opened':
      return joining(client, now);
    case 'closed':
      return client.link === 'closed' || client.link === 'refused'
        ? [client, []]
        : [lost(client, occasion), []];
    case 'refused':
      return [{ ...closed(client), link: 'refused', because: event.because }, []];
    case 'heard':
      return onTime(heard({ ...client, heardAt: now }, event.frame, now), occasion);
    case 'say':
      return onTime(withMessage(client, event.frame, now), occasion);
    case 'again':
      return onTime(again(client, event.id), occasion);
    case 'drop':
      return [without(client, event.id), []];
    case 'looked':
      return onTime({ ...client, away: event.away }, occasion);
    case 'typed':
      return typed(client, now);
    case 'time':
      return onTime(client, occasion);
    default:
      return impossible(event);
  }
}

function open(client: RoomClient, now: Instant): Step {
  const { retryAt: _, because: __, ...rest } = client;
  return [{ ...rest, link: 'opening', openedAt: now }, [{ do: 'open' }]];
}

function joining(client: RoomClient, now: Instant): Step {
  const next = { ...client, link: 'joining', openedAt: now, heardAt: now, pingAt: now + times.ping } as const;
  return [afterQuestion({ ...next, asks: 0 }, now), [{ do: 'send', frame: joinFrame(client) }]];
}

function closed(client: RoomClient): RoomClient {
  const { retryAt: _, askAt: __, ...rest } = unsent(client);
  return { ...rest, link: 'closed', people: [], typing: new Map(), toldAway: false };
}

/** Longest wait between two tries to connect. */
const LONGEST_WAIT = 30 * SECOND;

function lost(client: RoomClient, { now, luck }: Occasion): RoomClient {
  const wait = Math.min(LONGEST_WAIT, SECOND * 2 ** client.failures) * (0.25 + 0.75 * luck);
  return { ...closed(client), link: 'closed', failures: client.failures + 1, retryAt: now + wait };
}

function heard(client: RoomClient, frame: ServerMessage, now: Instant): RoomClient {
  if ('incident' in frame && frame.incident !== undefined && frame.incident !== client.incident)
    return client;
  switch (frame.type) {
    case 'joined': {
      const { people, connections = people.length } = frame;
      const inside = { ...client, link: 'open', failures: 0, people: byName(people), connections } as const;
      return afterAnswer(client, take(inside, frame, now), now);
    }
    case 'facts':
      return told(client, frame, now);
    case 'accepted':
      return told(without(client, frame.id), frame, now);
    case 'pong':
      return frame.last === undefined ? client : take(client, { facts: [], last: frame.last }, now);
    case 'typing':
      return withTyping(client, frame.person, now);
    case 'presence':
      return withPresence(client, frame);
    case 'error':
      return complained(client, frame, now);
    case 'doc.state':
    case 'doc.updates':
    case 'doc.accepted':
    case 'doc.cursor':
      return client;
    default:
      return impossible(frame);
  }
}

function told(client: RoomClient, news: Parameters<typeof take>[1], now: Instant): RoomClient {
  return withoutTypists(withVisits(take(client, news, now), news.facts), now, news.facts);
}

function typed(client: RoomClient, now: Instant): Step {
  if (client.link !== 'open' || now - client.toldTypingAt < times.typing) return [client, []];
  const frame = { v: PROTOCOL_VERSION, type: 'typing', incident: client.incident } as const;
  return [{ ...client, toldTypingAt: now }, [{ do: 'send', frame }]];
}

/** How long a ticket and a socket may take. */
const LONGEST_OPENING = 15 * SECOND;

/** A connection is renewed up to this much before it must be, each client at another moment. */
const APART = 10 * MINUTE;

/** Does all that is due. */
function onTime(client: RoomClient, { now, luck }: Occasion): Step {
  switch (client.link) {
    case 'refused':
      return [client, []];
    case 'closed':
      return client.retryAt !== undefined && client.retryAt <= now ? open(client, now) : [client, []];
    case 'opening':
      if (now - client.openedAt < LONGEST_OPENING) return [client, []];
      return [lost(client, { now, luck }), [{ do: 'close' }]];
    case 'joining':
    case 'open':
      if (now - client.heardAt >= times.silent) return [lost(client, { now, luck }), [{ do: 'close' }]];
      return now - client.openedAt >= longest(luck)
        ? renewed(client, now)
        : speak(withoutTypists(client, now), now);
    default:
      return impossible(client.link);
  }
}

const longest = (luck: number): number => times.longest - luck * APART;

function renewed(client: RoomClient, now: Instant): Step {
  const [next, effects] = open(closed(client), now);
  return [next, [{ do: 'close' }, ...effects]];
}

/** The frames that are due, in the order in which they are sent. */
function speak(client: RoomClient, now: Instant): Step {
  const { incident } = client;
  let next = client;
  const frames: ClientFrame[] = [];
  if (next.askAt !== undefined && next.askAt <= now) {
    frames.push(joinFrame(next));
    next = afterQuestion(next, now);
  }
  const head = headOf(next);
  const due = sendAt(next);
  if (head && due !== undefined && due <= now) {
    frames.push(head.frame);
    next = sent(next, now);
  }
  if (next.pingAt <= now) {
    frames.push({ v: PROTOCOL_VERSION, type: 'ping', incident });
    next = { ...next, pingAt: now + times.ping };
  }
  if (presenceAt(next) <= now) {
    frames.push({ v: PROTOCOL_VERSION, type: 'presence', incident, away: next.away });
    next = { ...next, toldAway: next.away, toldAwayAt: now };
  }
  return [next, frames.map((frame) => ({ do: 'send', frame }))];
}

const joinFrame = ({ incident, known }: RoomClient): ClientFrame => ({
  v: PROTOCOL_VERSION,
  type: 'join',
  incident,
  after: known,
});

const presenceAt = ({ link, away, toldAway, toldAwayAt }: RoomClient): Instant =>
  link === 'open' && away !== toldAway ? toldAwayAt + times.presence : Number.POSITIVE_INFINITY;

/** When something is due next. */
export function wakeAt(client: RoomClient, luck: number): Instant {
  const { link, retryAt, heardAt, openedAt, askAt, pingAt, typing } = client;
  if (link === 'closed') return retryAt ?? Number.POSITIVE_INFINITY;
  if (link === 'refused') return Number.POSITIVE_INFINITY;
  if (link === 'opening') return openedAt + LONGEST_OPENING;
  return Math.min(
    ...[heardAt + times.silent, openedAt + longest(luck), pingAt, presenceAt(client)],
    ...[askAt ?? Number.POSITIVE_INFINITY, sendAt(client) ?? Number.POSITIVE_INFINITY],
    ...[...typing.values()].map(({ until }) => until),
  );
}
