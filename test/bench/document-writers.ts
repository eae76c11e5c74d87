import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { RoomConnection } from '../../frontend/war-room/connection.ts';
import { DocumentProvider } from '../../frontend/war-room/document/provider.ts';
import { RoomChannel } from '../../frontend/war-room/document/room-channel.ts';
import type { ApiClient } from '../../infra/demo/api-client.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { isStored } from '../../shared/war-room/document/client-state.ts';
import { TEXT } from '../../shared/war-room/document/text.ts';
import { openTab } from '../support/browser-tab.ts';
import { lossy, type Traffic } from './lossy-socket.ts';

/** Somebody who writes: their copy, and whether all that they wrote is where it belongs. */
export interface Writer {
  readonly copy: Y.Doc;
  readonly text: Y.Text;
  isDone(): boolean;
  /** Loses the connection without a word. */
  cut(): void;
  leave(): void;
}

/** Where somebody comes into a room, and as whom. */
export interface RoomDoor {
  readonly call: ApiClient;
  readonly socket: string;
  readonly incident: IncidentId;
}

/** How good a connection is, and what goes over it. */
export interface Line {
  readonly traffic: Traffic;
  readonly luck: () => number;
  /** The share of frames that are lost, each way. */
  readonly loss: number;
}

/** Who writes through the system, by the very client that browsers have. */
export async function roomWriter(
  { call, socket, incident }: RoomDoor,
  { traffic, luck, loss }: Line,
): Promise<Writer> {
  let open: WebSocket | undefined;
  const connection = new RoomConnection(incident, {
    luck: luck(),
    now: () => Date.now(),
    ticket: async () => String((await call('POST', '/api/war-room/tickets')).body.ticket),
    open(ticket) {
      open = new WebSocket(`${socket}?ticket=${ticket}`);
      return lossy(open, traffic, () => luck() < loss);
    },
  });
  const provider = new DocumentProvider(new RoomChannel(connection), openTab().tab);
  const hide = provider.show();
  connection.happen({ is: 'start' });
  await until(() => provider.client.link === 'open');
  return {
    copy: provider.document,
    text: provider.text,
    isDone: () => isStored(provider.client),
    cut: () => open?.terminate(),
    leave() {
      hide();
      connection.happen({ is: 'stop' });
    },
  };
}

/** Who writes through the bare relay: each change is sent at once as Yjs made it. */
export async function relayWriter(url: string, traffic: Traffic): Promise<Writer> {
  const socket = new WebSocket(url);
  const copy = new Y.Doc();
  const first = once(socket, 'message');
  socket.on('message', (update: Buffer) => {
    traffic.heardBytes += update.length;
    Y.applyUpdate(copy, update, socket);
  });
  copy.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === socket) return;
    traffic.updates += 1;
    traffic.sentBytes += update.length;
    socket.send(update);
  });
  await first;
  return {
    copy,
    text: copy.getText(TEXT),
    isDone: () => socket.bufferedAmount === 0,
    cut: () => undefined,
    leave: () => socket.terminate(),
  };
}

/** One random edit: mostly something is written, somewhere; sometimes something is taken out. */
export function edit({ text, copy }: Writer, luck: () => number): void {
  const at = Math.floor(luck() * (text.length + 1));
  const isDeleting = luck() < 0.3 && text.length > 20;
  const words = 'rolled back at noon; '.slice(0, 1 + Math.floor(luck() * 12));
  copy.transact(() => {
    if (isDeleting) text.delete(Math.min(at, text.length - 5), 1 + Math.floor(luck() * 5));
    else text.insert(at, words);
  });
}

/** Looks again and again; the clock of the machine tells no time here that is measured. */
export async function until(holds: () => boolean, patience = 120_000): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) throw new Error('The copies did not become equal in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
