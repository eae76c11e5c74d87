import { Refusal } from '../../shared/kernel/index.ts';
import { lowerCased, readBytes, textIn } from '../edge/body.ts';
import type { Reply } from '../edge/reply.ts';
import { accept } from './accept.ts';
import { enter } from './enter.ts';
import { type Desk, type Entrance, entranceAt, type Post, type Taken } from './entrances/index.ts';
import { parseBody, parseQuery } from './parse-body.ts';
import type { IntegrationDoor, Ports } from './ports.ts';

/** The answer and what may be logged of the POST. */
export interface Received {
  readonly reply: Reply;
  readonly door: IntegrationDoor | undefined;
  readonly signals: number;
  /** Why it was refused, as one word; absent where it was taken, or failed by our own fault. */
  readonly refused?: string;
}

/** What is known of a POST so far, for whoever looks at it later. */
interface Seen {
  door?: IntegrationDoor;
  key?: string;
  /** Only of who was let in: what nobody vouches for is stored nowhere. */
  bytes?: Buffer;
}

/** Takes one POST: size, key, signature, form, translation, one send, in this order, and only then an answer of success. */
export async function receive(post: Post, ports: Ports): Promise<Received> {
  const entrance = entranceAt(post);
  if ('answer' in entrance) return answerAt(entrance, post, ports);
  const seen: Seen = {};
  try {
    const taken = await take(entrance, post, seen, ports);
    return { reply: entrance.taken(taken, post), door: seen.door, signals: taken.signals };
  } catch (thrown) {
    const reply = entrance.refused(thrown, post);
    const { door } = seen;
    if (!(thrown instanceof Refusal) || reply.status >= 500) return { reply, door, signals: 0 };
    await ports.keep(post.receipt, { ...seen, status: reply.status, reason: thrown.message });
    return { reply, door, signals: 0, refused: thrown.code };
  }
}

async function answerAt(desk: Desk, post: Post, ports: Ports): Promise<Received> {
  try {
    return { reply: await desk.answer(post, ports), door: undefined, signals: 0 };
  } catch (thrown) {
    return { reply: desk.refused(thrown, post), door: undefined, signals: 0 };
  }
}

/** What was sent: by GET it is in the query. */
async function bodyOf(
  { event }: Post,
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
  mayBeEmpty: boolean,
): Promise<unknown> {
  if (event.httpMethod === 'GET') return parseQuery(event.queryStringParameters);
  const text = textIn(bytes, headers);
  return mayBeEmpty && text.trim() === '' ? {} : parseBody(text, headers['content-type']);
}

async function take(entrance: Entrance, post: Post, seen: Seen, ports: Ports): Promise<Taken> {
  const source = entrance.source(post);
  const bytes = readBytes(post.event, entrance.limit);
  const headers = lowerCased(post.event.headers);
  const open = async (key: string): Promise<IntegrationDoor> => {
    seen.key = key;
    const entered = await enter(key, { source, bytes, headers }, ports, (door) => {
      seen.door = door;
    });
    seen.bytes = shownOf(post, bytes);
    return entered;
  };
  const key = entrance.keyOf(post);
  const early = key === undefined ? undefined : await open(key);
  if (entrance.asks?.(post)) return nothing(post);
  const body = await bodyOf(post, bytes, headers, entrance.mayBeEmpty ?? false);
  const door = early ?? (await open(entrance.keyIn?.(body) ?? ''));
  const said = (await entrance.said?.(body, post, { door, ports })) ?? body;
  const keep = () => ports.keep(post.receipt, { ...seen, status: 202 });
  return accept(said, { receipt: post.receipt, headers, keep }, door, ports);
}

const nothing = ({ receipt }: Post): Taken => ({
  ...{ receipt, signals: 0, asides: 0, dedupKey: undefined, ignored: undefined, faults: [] },
});

/** What people look at later. */
const shownOf = ({ event }: Post, bytes: Buffer): Buffer =>
  event.httpMethod === 'GET' ? Buffer.from(JSON.stringify(event.queryStringParameters ?? {})) : bytes;
