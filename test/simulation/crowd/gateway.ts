import { GoneException, LimitExceededException } from '@aws-sdk/client-apigatewaymanagementapi';
import { type Duration, type Instant, type OrganisationId, SECOND } from '../../../shared/kernel/index.ts';
import type { ClientFrame, ServerMessage } from '../../../shared/war-room/index.ts';
import type { FunctionName } from '../../../shared/wiring/index.ts';
import { notKnown } from '../engine/tokens.ts';
import type { End, Fleet } from '../fleet.ts';
import type { Random } from '../random.ts';
import type { Member } from './member.ts';

/** How long a frame takes between a client and the gateway, in milliseconds. */
const TRAVEL = { from: 5, to: 40 } as const;

interface Ground {
  readonly random: Random;
  readonly fleet: Fleet;
  now(): Instant;
  after(time: Duration, run: () => void): void;
}

/** The WebSocket API of a crowd: brings frames both ways, and remembers when `@connections` was called. */
export class Gateway {
  /** How many calls of a hundred are refused, as when others have used up the account's quota. */
  refused = 0;
  /** When each call to connections was made, whatever came of it. */
  readonly calls: Instant[] = [];
  readonly #org: OrganisationId;
  readonly #ground: Ground;
  readonly #open = new Map<string, Member>();
  readonly #parsed = new WeakMap<Uint8Array, ServerMessage>();
  #count = 0;

  constructor(org: OrganisationId, ground: Ground) {
    this.#org = org;
    this.#ground = ground;
  }

  /** The most calls that were made within any second. */
  busiest(): number {
    let first = 0;
    let most = 0;
    for (const [i, at] of this.calls.entries()) {
      while ((this.calls[first] ?? at) <= at - SECOND) first++;
      most = Math.max(most, i - first + 1);
    }
    return most;
  }

  open(member: Member): void {
    const id = `connection-${++this.#count}`;
    member.connection = id;
    const opened = (end: End) => {
      const isIn = end.how === 'answered' && (end.result as { statusCode: number }).statusCode === 200;
      if (!isIn) throw new Error(`${member.name} was not let in: ${JSON.stringify(end)}`);
      this.#open.set(id, member);
      this.#travel(member, id, () => member.happen({ is: 'opened' }));
    };
    this.#ground.after(this.#time(), () => this.#invoke('Connect', member, { id, ended: opened }));
  }

  say(member: Member, frame: ClientFrame): void {
    const { connection: id } = member;
    if (id === undefined) return;
    const ended = () => undefined;
    this.#ground.after(this.#time(), () => this.#invoke('Message', member, { id, frame, ended }));
  }

  /** Cuts everybody off at once; the functions are told of it, or learn it by what they send. */
  cut(isTold: boolean): void {
    const cut = [...this.#open];
    this.#open.clear();
    for (const [id, member] of cut) {
      member.connection = undefined;
      member.happen({ is: 'closed' });
      const ended = () => undefined;
      if (isTold) this.#ground.after(this.#time(), () => this.#invoke('Disconnect', member, { id, ended }));
    }
  }

  call(operation: string, input: unknown): unknown {
    if (operation !== 'PostToConnection') throw notKnown(`${operation} of a WebSocket API`);
    const { ConnectionId: id, Data: data } = input as { ConnectionId: string; Data: Uint8Array };
    this.calls.push(this.#ground.now());
    if (this.#ground.random.chance(this.refused / 100)) throw limited;
    const member = this.#open.get(id);
    if (member === undefined) throw gone;
    const frame = this.#read(data);
    this.#travel(member, id, () => member.hear(frame));
    return {};
  }

  /** A frame goes to hundreds. */
  #read(data: Uint8Array): ServerMessage {
    const known = this.#parsed.get(data);
    if (known !== undefined) return known;
    const parsed = JSON.parse(Buffer.from(data).toString()) as ServerMessage;
    this.#parsed.set(data, parsed);
    return parsed;
  }

  #travel(member: Member, id: string, arrive: () => void): void {
    this.#ground.after(this.#time(), () => {
      if (member.connection === id) arrive();
    });
  }

  #time(): Duration {
    return this.#ground.random.whole(TRAVEL.from, TRAVEL.to);
  }

  #invoke(
    name: FunctionName,
    { person, name: called }: Member,
    {
      id,
      frame,
      ended,
    }: { readonly id: string; readonly frame?: ClientFrame; readonly ended: (end: End) => void },
  ): void {
    const actor = { kind: 'person', id: person, name: called };
    const authorizer = { ctx: JSON.stringify({ org: this.#org, role: 'responder', actor }) };
    const requestContext = { connectionId: id, requestId: 'frame', routeKey: '$default', authorizer };
    const body = frame === undefined ? '' : JSON.stringify(frame);
    this.#ground.fleet.invoke(name, { event: { requestContext, body, isBase64Encoded: false }, ended });
  }
}

const limited = new LimitExceededException({
  $metadata: { httpStatusCode: 429 },
  message: 'Too many requests',
});

const gone = new GoneException({ $metadata: { httpStatusCode: 410 }, message: 'Gone' });
