import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FactView } from '../../shared/incidents/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { understand } from '../../shared/war-room/api.ts';
import {
  type ClientMessage,
  limits,
  type Present,
  type ServerMessage,
  type WritingMessage,
} from '../../shared/war-room/index.ts';

/** Somebody who speaks in the stub's rooms. */
const ada = { id: 'per_ada', name: 'Ada Lovelace' };

/** Who is there when nobody says otherwise. */
const usual: readonly Present[] = [ada, { id: 'per_grace', name: 'Grace Hopper', away: true }];

/**
 * A room over a socket that keeps to the protocol: what breaks it fails the test. Everybody who connects is Ada; who else is
 * there is said by the test.
 */
export async function startStubRoom() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const log: FactView[] = [];
  const heard: ClientMessage[] = [];
  const sockets = new Set<WebSocket>();
  const byId = new Map<string, FactView>();
  /** What happens to messages: `lose` answers nothing, a text refuses with it. */
  let manners: 'take' | 'lose' | { readonly refuse: string } = 'take';
  const tell = (socket: WebSocket, frame: ServerMessage) => socket.send(JSON.stringify(frame));
  const tellAll = (frame: ServerMessage) => {
    for (const socket of sockets) tell(socket, frame);
  };
  const add = (fact: FactView) => {
    log.push(fact);
  };

  function record(message: WritingMessage): FactView {
    const known = byId.get(message.id);
    if (known) return known;
    const { type, data } = factOf(message, log.length + 1);
    const at = new Date().toISOString();
    const seq = (log.at(-1)?.seq ?? 0) + 1;
    const actor = { kind: 'person', ...ada } as const;
    const fact: FactView = { seq, id: `fct_${seq}`, type, occurredAt: at, recordedAt: at, actor, data };
    byId.set(message.id, fact);
    add(fact);
    return fact;
  }

  function answer(socket: WebSocket, message: ClientMessage): void {
    const last = log.at(-1)?.seq ?? 0;
    if (message.type === 'join') {
      const { incident, after } = message;
      const facts = log.filter(({ seq }) => seq > after);
      tell(socket, { v: 1, type: 'joined', incident, facts, last: Math.max(last, after), people });
    }
    if (message.type === 'ping') tell(socket, { v: 1, type: 'pong' });
    if (!('id' in message) || message.type === 'doc.open' || message.type === 'doc.update') return;
    if (manners === 'lose') return;
    const { incident, id } = message;
    if (manners !== 'take') {
      const about = { incident, id, message: manners.refuse };
      tell(socket, { v: 1, type: 'error', code: 'forbidden', rule: 'WR15', ...about });
      return;
    }
    const fact = record(message);
    tell(socket, { v: 1, type: 'accepted', incident, id, seq: fact.seq, facts: [fact], last: fact.seq });
    for (const other of sockets)
      if (other !== socket) tell(other, { v: 1, type: 'facts', incident, facts: [fact], last: fact.seq });
  }

  let people = [...usual];
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data) => {
      const understood = understand(data.toString(), limits.frameBytes);
      if ('rule' in understood) throw new Error(`The console broke ${understood.rule}: ${understood.why}`);
      heard.push(understood.message);
      answer(socket, understood.message);
    });
  });
  /** Begins with this log and these people, and takes what is said. */
  function use(facts: readonly FactView[], here: readonly Present[] = people): void {
    log.splice(0, log.length, ...facts);
    heard.length = 0;
    byId.clear();
    people = [...here];
    manners = 'take';
  }
  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    heard,
    tellAll,
    use,
    beginAnew: () => use([], usual),
    behave(next: typeof manners) {
      manners = next;
    },
    /** Cuts everybody off. */
    cut() {
      for (const socket of sockets) socket.terminate();
    },
    async stop() {
      for (const socket of sockets) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

export type StubRoom = Awaited<ReturnType<typeof startStubRoom>>;

function factOf(message: WritingMessage, number: number): Pick<FactView, 'type' | 'data'> {
  switch (message.type) {
    case 'chat':
      return { type: 'room.said', data: { text: message.text } };
    case 'action.add':
      return { type: 'room.action-added', data: { action: idOf('action', number), text: message.text } };
    case 'action.change': {
      const { action, done, due, assignee } = message;
      const person = typeof assignee === 'string' ? { id: assignee, name: ada.name } : assignee;
      const said = { ...(done !== undefined && { done }), ...(due !== undefined && { due }) };
      return {
        type: 'room.action-changed',
        data: { action, ...said, ...(person !== undefined && { assignee: person }) },
      };
    }
    case 'pin':
      return message.up
        ? { type: 'room.pinned', data: { seq: message.seq, text: 'Pinned', by: ada.name } }
        : { type: 'room.unpinned', data: { seq: message.seq } };
    case 'role':
      return {
        type: 'room.role-given',
        data: { role: message.role, person: message.person === null ? null : { ...ada, id: message.person } },
      };
    default:
      throw new Error('A message that the stub does not know');
  }
}
