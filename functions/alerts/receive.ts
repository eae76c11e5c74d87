import { sources } from '../../shared/alerts/index.ts';
import { lowerCased, readBytes, textIn } from '../edge/body.ts';
import type { Reply } from '../edge/reply.ts';
import { accept, openDoor } from './accept.ts';
import { entranceAt, type Post } from './entrances/index.ts';
import { parseQuery, parseSent } from './parse-body.ts';
import type { IntegrationDoor, Ports } from './ports.ts';
import { verify } from './verify.ts';

/** The answer and what may be logged of the POST. */
export interface Received {
  readonly reply: Reply;
  readonly door: IntegrationDoor | undefined;
  readonly signals: number;
}

/** Takes one POST: size, key, signature, form, translation, one send, in this order, and only then an answer of success. */
export async function receive(post: Post, ports: Ports): Promise<Received> {
  const entrance = entranceAt(post);
  let door: IntegrationDoor | undefined;
  try {
    const source = entrance.source(post);
    const bytes = readBytes(post.event, entrance.limit);
    const headers = lowerCased(post.event.headers);
    const key = entrance.keyOf(post);
    if (key !== undefined) door = await openDoor(key, source, ports);
    const answer = entrance.asked?.(post, headers);
    if (answer !== undefined) return { reply: answer, door, signals: 0 };
    if (door !== undefined) await verify(sources[source].verification, door, { bytes, headers }, ports);
    const body = await bodyOf(post, bytes, headers);
    door ??= await openDoor(entrance.keyIn?.(body) ?? '', source, ports);
    const said = entrance.said?.(body, post) ?? body;
    const taken = await accept(said, { receipt: post.receipt, headers }, door, ports);
    return { reply: entrance.taken(taken, post), door, signals: taken.signals };
  } catch (thrown) {
    return { reply: entrance.refused(thrown, post), door, signals: 0 };
  }
}

/** What was sent: by GET it is in the query. */
async function bodyOf(
  { event }: Post,
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> {
  if (event.httpMethod === 'GET') return parseQuery(event.queryStringParameters);
  return parseSent(textIn(bytes, headers), headers['content-type']);
}
