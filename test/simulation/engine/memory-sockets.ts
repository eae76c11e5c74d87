import {
  GoneException,
  LimitExceededException,
  PayloadTooLargeException,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { noAnswer } from '../sdk/retry.ts';
import { notKnown } from './tokens.ts';
import { type Engine, happens, type World } from './world.ts';

/** How often frames go wrong: probabilities for each call, 0 when left out. */
export interface SocketFaults {
  readonly throttle?: number;
  /** The connection ends just before the frame comes. */
  readonly gone?: number;
  /** The frame arrives, and its sender never hears of it. */
  readonly loseAnswer?: number;
}

interface PostInput {
  readonly ConnectionId?: string;
  readonly Data?: Uint8Array | string;
}

const MAX_FRAME = 128 * 1024;

/** The connections of a WebSocket API in memory: keeps the frames that arrived. */
export class MemorySockets implements Engine {
  /** May be changed at any time; {} is a calm world. */
  faults: SocketFaults;
  readonly #world: World;
  readonly #open = new Set<string>();
  readonly #frames = new Map<string, string[]>();

  constructor({ faults = {}, ...world }: World & { readonly faults?: SocketFaults }) {
    this.faults = faults;
    this.#world = { now: () => world.now(), chance: () => world.chance() };
  }

  connect(id: string): void {
    this.#open.add(id);
    this.#frames.set(id, []);
  }

  disconnect(id: string): void {
    this.#open.delete(id);
  }

  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** What arrived at a connection, in order; also of one that has left. */
  frames(id: string): readonly string[] {
    return this.#frames.get(id) ?? [];
  }

  call(operation: string, input: unknown): unknown {
    if (operation !== 'PostToConnection') throw notKnown(`${operation} of a WebSocket API`);
    const { ConnectionId: id = '', Data: data = '' } = input as PostInput;
    const { throttle = 0, gone = 0, loseAnswer = 0 } = this.faults;
    if (happens(throttle, this.#world)) throw limited();
    if (happens(gone, this.#world)) this.disconnect(id);
    if (!this.#open.has(id)) throw new GoneException({ $metadata: { httpStatusCode: 410 }, message: 'Gone' });
    const text = typeof data === 'string' ? data : Buffer.from(data).toString();
    if (Buffer.byteLength(text) > MAX_FRAME) throw tooLarge();
    this.#frames.get(id)?.push(text);
    if (happens(loseAnswer, this.#world)) throw noAnswer();
    return {};
  }
}

const limited = (): Error =>
  new LimitExceededException({ $metadata: { httpStatusCode: 429 }, message: 'Too many requests' });

const tooLarge = (): Error =>
  new PayloadTooLargeException({ $metadata: { httpStatusCode: 413 }, message: 'Payload too large' });
