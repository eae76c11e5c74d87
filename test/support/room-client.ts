import { once } from 'node:events';
import { type RawData, WebSocket } from 'ws';
import type { FactView } from '../../shared/incidents/index.ts';
import type { ServerMessage } from '../../shared/war-room/index.ts';
import type { App } from './app.ts';

/** A fresh ticket of the administrator. */
export async function ticketOf(app: App): Promise<string> {
  const { body } = await app.call('POST', '/api/war-room/tickets');
  return String(body.ticket);
}

/** Tries to open a socket: `open`, or the HTTP status with which it was refused. */
export async function knock(app: App, query: string): Promise<'open' | number> {
  const socket = new WebSocket(`${app.addresses.socket}${query}`);
  try {
    return await new Promise((resolve, reject) => {
      socket.once('open', () => resolve('open'));
      socket.once('error', reject);
      socket.once('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0));
    });
  } finally {
    socket.removeAllListeners('error').on('error', () => undefined);
    socket.terminate();
  }
}

/** Somebody in the room of an incident, who follows the protocol as a client should: what is missing is asked for. */
export interface RoomClient {
  /** The log as this client has it, in order and without gaps. */
  readonly log: readonly FactView[];
  /** Every frame, as it came. */
  readonly frames: readonly ServerMessage[];
  say(message: unknown): void;
  /** Resolves as soon as the log has so many facts. */
  has(count: number): Promise<void>;
  /** Resolves with the next frame for which this is true, also among those that came before. */
  frame(wanted: (frame: ServerMessage) => boolean): Promise<ServerMessage>;
  /** Resolves when the other side has ended the connection, with its code. */
  readonly ended: Promise<number>;
  leave(): Promise<void>;
}

/** Opens a socket with a fresh ticket and joins the room, knowing the facts of an earlier visit. */
export async function enter(
  app: App,
  incident: string,
  known: readonly FactView[] = [],
): Promise<RoomClient> {
  const socket = new WebSocket(`${app.addresses.socket}?ticket=${await ticketOf(app)}`);
  const log = [...known];
  const frames: ServerMessage[] = [];
  const watchers = new Set<() => void>();
  const say = (message: unknown) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const join = () => say({ v: 1, type: 'join', incident, after: log.length });
  socket.on('message', (data: RawData) => {
    const frame = JSON.parse(data.toString()) as ServerMessage;
    frames.push(frame);
    if (frame.type === 'joined' || frame.type === 'facts') {
      for (const fact of frame.facts) if (fact.seq === log.length + 1) log.push(fact);
      if (log.length < frame.last) join();
    }
    for (const look of watchers) look();
  });
  const ended = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  join();
  const until = <Found>(find: () => Found | undefined): Promise<Found> =>
    new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
    });
  const client: RoomClient = {
    ...{ log, frames, say, ended },
    has: async (count) => void (await until(() => (log.length >= count ? true : undefined))),
    frame: (wanted) => until(() => frames.find(wanted)),
    async leave() {
      socket.close();
      await ended;
    },
  };
  await client.frame(({ type }) => type === 'joined');
  return client;
}
