import type { FactView } from '../../shared/incidents/index.ts';
import { type IncidentId, type Instant, idOf } from '../../shared/kernel/index.ts';
import {
  type ClientEvent,
  type ClientFrame,
  newClient,
  PROTOCOL_VERSION,
  type RoomClient,
  type ServerMessage,
  stepClient,
  type WritingFrame,
  wakeAt,
} from '../../shared/war-room/index.ts';

export const incident: IncidentId = idOf('incident', 0, 'network');

/** Numbers from 0 to 1 that follow from a seed. */
export function luckFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Member {
  client: RoomClient;
  readonly luck: number;
  /** Counts connections: frames of one that is gone reach nobody. */
  connection: number;
  isOpen: boolean;
  isIn: boolean;
}

/** How bad the network is: the share of frames that are lost, and how late the others come. */
interface Weather {
  readonly lost: number;
  readonly latest: number;
}

/** A room as the protocol describes it, with clients over a network that loses, delays and cuts off. Time is virtual. */
export class RoomNetwork {
  now: Instant = 0;
  weather: Weather = { lost: 0, latest: 20 };
  readonly log: FactView[] = [];
  /** The highest number that was ever reserved. */
  readonly sent: { readonly from: number; readonly frame: ClientFrame; readonly at: Instant }[] = [];
  readonly members: Member[] = [];
  readonly #byId = new Map<string, number>();
  readonly #due: { readonly at: Instant; readonly order: number; readonly run: () => void }[] = [];
  readonly #luck: () => number;
  #order = 0;

  constructor(seed: number, count: number) {
    this.#luck = luckFrom(seed);
    for (let i = 0; i < count; i++) {
      this.members.push({
        ...{ client: newClient(incident), luck: this.#luck(), connection: 0, isOpen: false, isIn: false },
      });
    }
    for (const [i] of this.members.entries()) this.happen(i, { is: 'start' });
  }

  /** Something happens at a client. */
  happen(i: number, event: ClientEvent): void {
    const member = this.#member(i);
    const [client, effects] = stepClient(member.client, event, { now: this.now, luck: member.luck });
    member.client = client;
    for (const effect of effects) {
      if (effect.do === 'open') this.#open(i);
      if (effect.do === 'close') this.#cut(member);
      if (effect.do === 'send') this.#send(i, effect.frame);
    }
    const wake = wakeAt(client, member.luck);
    if (Number.isFinite(wake)) this.#at(Math.max(wake, this.now), () => this.#wake(i));
  }

  /** Cuts a client off without a word; it notices after a while, or by its own silence. */
  cut(i: number, isTold: boolean): void {
    this.#cut(this.#member(i));
    if (isTold) this.happen(i, { is: 'closed' });
  }

  /** Lets time pass. */
  run(until: Instant): void {
    for (;;) {
      this.#due.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#due[0];
      if (next === undefined || next.at > until) break;
      this.#due.shift();
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = until;
  }

  #member(i: number): Member {
    const member = this.members[i];
    if (!member) throw new Error(`There is no client ${i}`);
    return member;
  }

  #wake(i: number): void {
    const member = this.#member(i);
    if (wakeAt(member.client, member.luck) <= this.now) this.happen(i, { is: 'time' });
  }

  #open(i: number): void {
    const member = this.#member(i);
    member.connection += 1;
    const { connection } = member;
    this.#later(10 + this.#luck() * 50, () => {
      if (member.connection !== connection) return;
      if (this.#luck() < this.weather.lost) return this.happen(i, { is: 'closed' });
      member.isOpen = true;
      this.happen(i, { is: 'opened' });
    });
  }

  #cut(member: Member): void {
    member.connection += 1;
    member.isOpen = false;
    member.isIn = false;
  }

  #send(i: number, frame: ClientFrame): void {
    const member = this.#member(i);
    const { connection, isOpen } = member;
    this.sent.push({ from: i, frame, at: this.now });
    if (!isOpen) return;
    this.#travel(() => {
      if (member.connection === connection) this.#serve(i, frame);
    });
  }

  #reply(i: number, frame: ServerMessage): void {
    const member = this.#member(i);
    const { connection } = member;
    this.#travel(() => {
      if (member.connection === connection) this.happen(i, { is: 'heard', frame });
    });
  }

  #serve(i: number, frame: ClientFrame): void {
    const last = this.log.length;
    if (frame.type === 'ping') this.#reply(i, { v: PROTOCOL_VERSION, type: 'pong', incident, last });
    if (frame.type === 'join') {
      this.#member(i).isIn = true;
      const facts = this.log.slice(frame.after, (frame.after ?? 0) + 5);
      this.#reply(i, { v: PROTOCOL_VERSION, type: 'joined', incident, facts, last, people: [] });
    }
    if ('id' in frame && frame.type !== 'doc.open' && frame.type !== 'doc.update') this.#record(i, frame);
  }

  #record(i: number, frame: WritingFrame): void {
    const known = this.#byId.get(frame.id);
    const seq = known ?? this.log.length + 1;
    if (known === undefined) {
      this.#byId.set(frame.id, seq);
      this.log.push(factOf(seq, i, frame));
    }
    const facts = this.log.slice(seq - 1, seq);
    const last = this.log.length;
    this.#reply(i, { v: PROTOCOL_VERSION, type: 'accepted', incident, id: frame.id, seq, facts, last });
    for (const [other, member] of this.members.entries())
      if (other !== i && member.isIn)
        this.#reply(other, { v: PROTOCOL_VERSION, type: 'facts', incident, facts, last: seq });
  }

  #travel(arrive: () => void): void {
    if (this.#luck() < this.weather.lost) return;
    this.#later(this.#luck() * this.weather.latest, arrive);
  }

  #later(wait: number, run: () => void): void {
    this.#at(this.now + wait, run);
  }

  #at(at: Instant, run: () => void): void {
    this.#due.push({ at, order: this.#order++, run });
  }
}

const factOf = (seq: number, from: number, frame: WritingFrame): FactView => ({
  ...{ seq, id: `fct_${seq}`, type: 'room.said', occurredAt: '', recordedAt: '' },
  actor: { kind: 'person', id: `per_${from}`, name: `Person ${from}` },
  data: { text: 'text' in frame ? frame.text : '', id: frame.id },
});
