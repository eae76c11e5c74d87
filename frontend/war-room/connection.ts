import type { FactView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import {
  type ClientEvent,
  type ClientFrame,
  newClient,
  type RoomClient,
  type ServerMessage,
  stepClient,
  type WritingFrame,
  wakeAt,
} from '../../shared/war-room/index.ts';

/** Of a WebSocket what is needed here; browsers and `ws` both have it. */
export interface Socket {
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}

/** That no ticket is given, and asking again would not help. */
export class TicketRefused extends Error {
  override readonly name = 'TicketRefused';
}

/** What a connection to a room needs of its surroundings. */
export interface Ports {
  /** Gets a ticket; throws `TicketRefused`, or anything else when it may be tried again. */
  ticket(): Promise<string>;
  open(ticket: string): Socket;
  now(): number;
  /** A number from 0 to 1 that stays: clients that were cut off together come back apart by it. */
  readonly luck: number;
}

/** Drives a client of a room: sockets, timers and who listens. All that it decides is in `shared/war-room/client.ts`. */
export class RoomConnection {
  #client: RoomClient;
  #socket: Socket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #frameListeners = new Set<(frame: ServerMessage) => void>();
  readonly #ports: Ports;

  constructor(incident: IncidentId, ports: Ports, facts: readonly FactView[] = []) {
    this.#client = newClient(incident, facts);
    this.#ports = ports;
  }

  readonly client = (): RoomClient => this.#client;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears every frame of the server, also those that are not about the log. */
  readonly onFrame = (listener: (frame: ServerMessage) => void): (() => void) => {
    this.#frameListeners.add(listener);
    return () => this.#frameListeners.delete(listener);
  };

  /** Says a message until it is recorded. */
  say(frame: WritingFrame): void {
    this.happen({ is: 'say', frame });
  }

  /** Sends a frame that is neither recorded nor sent again; nothing when there is no connection. */
  send(frame: ClientFrame): void {
    if (this.#client.link === 'open') this.#socket?.send(JSON.stringify(frame));
  }

  happen(event: ClientEvent): void {
    const { now, luck } = this.#ports;
    const [client, effects] = stepClient(this.#client, event, { now: now(), luck });
    const isNew = client !== this.#client;
    this.#client = client;
    for (const effect of effects) {
      if (effect.do === 'open') this.#open();
      if (effect.do === 'close') this.#close();
      if (effect.do === 'send') this.#socket?.send(JSON.stringify(effect.frame));
    }
    clearTimeout(this.#timer);
    const wake = wakeAt(this.#client, luck);
    if (Number.isFinite(wake))
      this.#timer = setTimeout(() => this.happen({ is: 'time' }), Math.max(0, wake - now()));
    if (isNew) for (const listener of this.#listeners) listener();
  }

  #open(): void {
    const isCurrent = () => this.#client.link === 'opening' && this.#opening === opening;
    const opening = Symbol('opening');
    this.#opening = opening;
    this.#ports.ticket().then(
      (ticket) => {
        if (isCurrent()) this.#attach(this.#ports.open(ticket));
      },
      (error: unknown) => {
        if (!isCurrent()) return;
        this.happen(
          error instanceof TicketRefused ? { is: 'refused', because: error.message } : { is: 'closed' },
        );
      },
    );
  }
  #opening: symbol | undefined;

  #attach(socket: Socket): void {
    this.#socket = socket;
    const isCurrent = () => this.#socket === socket;
    socket.onopen = () => isCurrent() && this.happen({ is: 'opened' });
    socket.onclose = () => isCurrent() && this.happen({ is: 'closed' });
    socket.onmessage = ({ data }) => isCurrent() && this.#hear(String(data));
  }

  #hear(text: string): void {
    const frame: unknown = JSON.parse(text);
    if (!isFrame(frame)) return;
    for (const listener of this.#frameListeners) listener(frame);
    if (ofTheLog.has(frame.type)) this.happen({ is: 'heard', frame });
  }

  #close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }
}

/** A newer server may say more than this client knows, and API Gateway has words of its own. */
const ofTheLog: ReadonlySet<string> = new Set<ServerMessage['type']>([
  ...(['joined', 'facts', 'accepted', 'pong', 'typing', 'presence', 'error'] as const),
]);

function isFrame(value: unknown): value is ServerMessage {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
