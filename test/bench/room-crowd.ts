import { once } from 'node:events';
import { WebSocket } from 'ws';
import { now } from './clock.ts';

/** A message as it came: its number in the room, and its text where it is one of the bench's. */
export interface Heard {
  readonly seq: number;
  readonly text?: string;
}

/** How a room is spoken to. */
export interface Room {
  /** The address for one more connection. */
  address(): Promise<string>;
  /** What a connection says first; undefined when it is in the room by being connected. */
  readonly joining: ((known: number) => string) | undefined;
  message(id: string, text: string): string;
  /** What a frame tells: its messages, and the last number that the room has, as far as it says. */
  read(frame: string): { readonly messages: readonly Heard[]; readonly last: number };
}

/** How long a hole may be there before a client asks, as the protocol says (WR4). */
const OVERTAKING = 300;

/** One connection: stamps what comes, keeps the order, and asks for what is missing. */
class Listener {
  /** The number up to which nothing is missing. */
  known = 0;
  last = 0;
  readonly socket: WebSocket;
  readonly #ahead = new Set<number>();
  readonly #room: Room;
  #asking: NodeJS.Timeout | undefined;

  constructor(socket: WebSocket, room: Room, heard: (message: Heard, at: number, by: Listener) => void) {
    this.socket = socket;
    this.#room = room;
    socket.on('message', (data) => {
      const at = now();
      const { messages, last } = room.read(String(data));
      for (const message of messages) if (this.#take(message.seq)) heard(message, at, this);
      this.last = Math.max(this.last, last);
      if (this.known < this.last) this.#asking ??= setTimeout(() => this.ask(), OVERTAKING);
    });
  }

  ask(): void {
    this.#asking = undefined;
    if (this.known < this.last && this.#room.joining) this.socket.send(this.#room.joining(this.known));
  }

  /** False when this number was there before. */
  #take(seq: number): boolean {
    if (seq <= this.known || this.#ahead.has(seq)) return false;
    this.#ahead.add(seq);
    while (this.#ahead.delete(this.known + 1)) this.known += 1;
    return true;
  }
}

interface Said {
  readonly at: number;
  /** Milliseconds until it was there, for each connection. */
  readonly took: Map<Listener, number>;
  /** How often it came under another number to who had it: it was recorded twice. */
  repeated: number;
  /** All have it. */
  readonly isThere: () => void;
}

/** What became of the messages that a crowd said. */
export interface Outcome {
  /** Milliseconds from sending until it was there: for each connection of each message, and for the last one of each message. */
  readonly each: readonly number[];
  readonly last: readonly number[];
  /** Pairs of a message and a connection that never met, and that met more than once. */
  readonly lost: number;
  readonly repeated: number;
}

/** Many connections in one room. */
export class Crowd {
  readonly #listeners: Listener[] = [];
  readonly #room: Room;
  readonly #sent = new Map<string, Said>();
  #turn = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Opens so many connections, so many at once, and waits until all are in the room. */
  async enter(count: number, atOnce: number): Promise<void> {
    const numbers = Array.from({ length: count }).keys();
    const come = async () => {
      for (const _ of numbers) await this.#enter();
    };
    await Promise.all(Array.from({ length: atOnce }, come));
  }

  async #enter(): Promise<void> {
    const socket = new WebSocket(await this.#room.address());
    await once(socket, 'open');
    this.#listeners.push(new Listener(socket, this.#room, (...heard) => this.#heard(...heard)));
    if (!this.#room.joining) return;
    socket.send(this.#room.joining(0));
    await once(socket, 'message');
  }

  /** One of them, each in turn, says something; resolves when all have it, or when that takes too long. */
  say(text: string, patience: number): Promise<void> {
    const { socket } = this.#listeners[this.#turn++ % this.#listeners.length] ?? never();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#sent.set(text, { at: now(), took: new Map(), repeated: 0, isThere: resolve });
    socket.send(this.#room.message(text, text));
    const late = setTimeout(resolve, patience);
    return promise.finally(() => clearTimeout(late));
  }

  /** Resolves when everybody has all that was said, after they have asked for what they lack; gives up after a while. */
  async caughtUp(milliseconds: number): Promise<void> {
    const until = now() + milliseconds;
    while (now() < until && [...this.#sent.values()].some(({ took }) => took.size < this.#listeners.length)) {
      const last = Math.max(...this.#listeners.map(({ known }) => known));
      for (const one of this.#listeners) one.last = Math.max(one.last, last);
      for (const one of this.#listeners) one.ask();
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** What became of what was said, which is forgotten then. */
  take(): Outcome {
    const all = [...this.#sent.values()];
    this.#sent.clear();
    return {
      each: all.flatMap(({ took }) => [...took.values()]),
      last: all.map(({ took }) => Math.max(...took.values())),
      lost: all.reduce((sum, { took }) => sum + this.#listeners.length - took.size, 0),
      repeated: all.reduce((sum, { repeated }) => sum + repeated, 0),
    };
  }

  leave(): void {
    for (const { socket } of this.#listeners) socket.terminate();
  }

  #heard({ text }: Heard, at: number, by: Listener): void {
    const sent = text === undefined ? undefined : this.#sent.get(text);
    if (sent === undefined) return;
    if (sent.took.has(by)) sent.repeated += 1;
    else sent.took.set(by, at - sent.at);
    if (sent.took.size === this.#listeners.length) sent.isThere();
  }
}

function never(): never {
  throw new Error('Nobody is in the room');
}
