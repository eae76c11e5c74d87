import { routingKeyOf, type Source, sources } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { type BodyEvent, readText } from '../edge/body.ts';
import type { Reply } from '../edge/reply.ts';
import { accept, openDoor } from './accept.ts';
import { parseBody } from './parse-body.ts';
import type { IntegrationDoor, Ports } from './ports.ts';
import { protocols } from './protocols.ts';
import { BodyRefused } from './refusals.ts';

/** One POST: whose protocol it speaks, the key of its path (absent where the body carries it), and its ids. */
export interface Post {
  readonly source: Source;
  readonly key: string | undefined;
  readonly requestId: string;
  /** Names this POST for ever; no sender can choose it. */
  readonly receipt: string;
  readonly event: BodyEvent;
}

/** The answer and what may be logged of the POST. */
export interface Received {
  readonly reply: Reply;
  readonly door: IntegrationDoor | undefined;
  readonly signals: number;
}

/** Takes one POST: size, key, form, translation, one send, in this order, and only then an answer of success. */
export async function receive(post: Post, ports: Ports): Promise<Received> {
  const protocol = protocols[post.source];
  let door: IntegrationDoor | undefined;
  try {
    if (post.key === undefined && post.source !== 'pagerduty-events') throw keyMissing();
    const text = readText(post.event, protocol.limit);
    door = post.key === undefined ? undefined : await openDoor(post.key, post.source, ports);
    const body = parseBody(text);
    door ??= await openDoor(routingKeyIn(body), post.source, ports);
    const taken = await accept(body, post.receipt, door, ports);
    return { reply: protocol.taken(taken), door, signals: taken.signals };
  } catch (thrown) {
    return { reply: protocol.refused(thrown, post.requestId), door, signals: 0 };
  }
}

/** A sender that was set up with the address but without its key. */
const keyMissing = (): Refusal =>
  new Refusal(
    'unauthenticated',
    'The address lacks its key: use the whole URL that the integration was made with.',
  );

/** The source that a path names. */
export function sourceNamed(text: string): Source {
  const source = sources.find((each) => each === text);
  if (source !== undefined) return source;
  throw new Refusal(
    'not_found',
    `There are no webhooks for this source; there are for ${sources.join(', ')}.`,
    'path.source',
  );
}

function routingKeyIn(body: unknown): string {
  const routing = routingKeyOf(body);
  if ('key' in routing) return routing.key;
  throw new BodyRefused('invalid', routing.faults);
}
