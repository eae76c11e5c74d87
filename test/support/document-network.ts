import * as Y from 'yjs';
import { type IncidentId, type Instant, idOf, Refusal } from '../../shared/kernel/index.ts';
import { fromBase64, toBase64 } from '../../shared/war-room/document/base64.ts';
import { applyChange } from '../../shared/war-room/document/check.ts';
import { type DocumentEvent, stepDocument } from '../../shared/war-room/document/client.ts';
import { type DocumentEffect, documentWakeAt } from '../../shared/war-room/document/client-speak.ts';
import { type DocumentClient, newDocumentClient } from '../../shared/war-room/document/client-state.ts';
import { documentOf, missingFrom, partsOf, TEXT } from '../../shared/war-room/document/text.ts';
import { type ClientFrame, PROTOCOL_VERSION, type ServerMessage } from '../../shared/war-room/index.ts';
import { copyOf } from './document-copy.ts';
import { luckFrom } from './room-network.ts';

const incident: IncidentId = idOf('incident', 0, 'document');
const fixed = { v: PROTOCOL_VERSION, incident } as const;

/** Bytes of a part of an answer: few, so that answers have several. */
const PART = 700;

interface Member {
  client: DocumentClient;
  readonly copy: Y.Doc;
  readonly undo: Y.UndoManager;
  /** Counts connections: frames of one that is gone reach nobody. */
  connection: number;
  isOpen: boolean;
  reads: boolean;
}

/** How bad the network is: the share of frames that are lost, and how late the others come. */
interface Weather {
  readonly lost: number;
  readonly latest: number;
}

/** Changes that are made here and not by the network. */
const HERE = 'here';

/** A document as the protocol describes it, with clients over a network that loses, delays and cuts off. Time is virtual. */
export class DocumentNetwork {
  now: Instant = 0;
  weather: Weather = { lost: 0, latest: 20 };
  readonly members: Member[] = [];
  readonly sent: { readonly from: number; readonly frame: ClientFrame; readonly at: Instant }[] = [];
  readonly heard: { readonly by: number; readonly frame: ServerMessage; readonly at: Instant }[] = [];
  readonly luck: () => number;
  /** What is stored: updates by their positions, which a slow writer may leave open for a while. */
  readonly #stored = new Map<number, Uint8Array>();
  readonly #due: { readonly at: Instant; readonly order: number; readonly run: () => void }[] = [];
  #last = 0;
  #order = 0;

  constructor(seed: number, count: number) {
    this.luck = luckFrom(seed);
    for (let i = 0; i < count; i++) this.members.push(this.#newMember(i));
    for (const [i] of this.members.entries()) this.connect(i);
  }

  /** Somebody changes their copy. */
  edit(i: number, change: (text: Y.Text) => void): void {
    const { copy } = this.member(i);
    copy.transact(() => change(copy.getText(TEXT)), HERE);
  }

  /** The text as somebody sees it. */
  text = (i: number): string => this.member(i).copy.getText(TEXT).toString();

  member(i: number): Member {
    const member = this.members[i];
    if (!member) throw new Error(`There is no client ${i}`);
    return member;
  }

  /** Something happens at a client. */
  happen(i: number, event: DocumentEvent): void {
    const member = this.member(i);
    const [client, effects] = stepDocument(member.client, event, this.now);
    member.client = client;
    for (const effect of effects) this.#carryOut(i, effect);
    const wake = documentWakeAt(member.client);
    if (Number.isFinite(wake)) this.#at(Math.max(wake, this.now), () => this.#wake(i));
  }

  connect(i: number): void {
    const member = this.member(i);
    member.connection += 1;
    member.isOpen = true;
    this.happen(i, { is: 'joined' });
  }

  disconnect(i: number): void {
    const member = this.member(i);
    member.connection += 1;
    member.isOpen = false;
    member.reads = false;
    this.happen(i, { is: 'lost' });
  }

  /** Lets time pass. */
  run(duration: number): void {
    const until = this.now + duration;
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

  #newMember(i: number): Member {
    const copy = copyOf(i + 1);
    const client = newDocumentClient(incident, `client-${i}`, i + 1);
    const undo = new Y.UndoManager(copy.getText(TEXT), {
      trackedOrigins: new Set([HERE]),
      captureTimeout: 0,
    });
    copy.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.happen(i, { is: 'edited', update });
    });
    return { client, copy, undo, connection: 0, isOpen: false, reads: false };
  }

  #carryOut(i: number, effect: DocumentEffect): void {
    const { copy } = this.member(i);
    if (effect.do === 'apply') Y.applyUpdate(copy, effect.update, this);
    if (effect.do === 'send') this.#send(i, effect.frame);
    if (effect.do !== 'ask') return;
    const have = toBase64(Y.encodeStateVector(copy));
    this.#send(i, { ...fixed, type: 'doc.open', id: effect.id, have });
  }

  #wake(i: number): void {
    if (documentWakeAt(this.member(i).client) <= this.now) this.happen(i, { is: 'time' });
  }

  #send(i: number, frame: ClientFrame): void {
    const { connection, isOpen } = this.member(i);
    this.sent.push({ from: i, frame, at: this.now });
    if (!isOpen) return;
    this.#travel(() => this.member(i).connection === connection && this.#serve(i, frame));
  }

  #reply(i: number, frame: ServerMessage): void {
    const { connection } = this.member(i);
    this.#travel(() => {
      if (this.member(i).connection !== connection) return;
      this.heard.push({ by: i, frame, at: this.now });
      this.happen(i, { is: 'heard', frame });
    });
  }

  #serve(i: number, frame: ClientFrame): void {
    if (frame.type === 'doc.open') {
      this.member(i).reads = true;
      const missing = missingFrom(documentOf([...this.#stored.values()]), fromBase64(frame.have ?? ''));
      const parts = partsOf(missing, PART);
      const named = {
        ...fixed,
        type: 'doc.state',
        id: frame.id,
        of: parts.length,
        last: this.#last,
      } as const;
      for (const [part, data] of parts.entries()) this.#reply(i, { ...named, part, data: toBase64(data) });
    }
    if (frame.type === 'doc.update') this.#store(i, frame.id, fromBase64(frame.update));
    if (frame.type === 'doc.cursor')
      this.#tell(i, { ...frame, incident, person: { id: `per_${i}`, name: `Person ${i}` } });
  }

  #store(i: number, id: string, update: Uint8Array): void {
    try {
      const change = applyChange(documentOf([...this.#stored.values()]), update);
      if (change) this.#last += 1;
      const position = this.#last;
      const store = () => {
        if (change) this.#stored.set(position, change);
        this.#reply(i, { ...fixed, type: 'doc.accepted', id, position });
        const updates = [{ position, update: toBase64(update) }];
        this.#tell(i, { ...fixed, type: 'doc.updates', updates });
      };
      // One in ten writers is slow: others come later and are stored earlier.
      if (this.luck() < 0.1) this.#at(this.now + 500, store);
      else store();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { message } = error;
      this.#reply(i, { ...fixed, type: 'error', code: 'invalid', rule: 'WR22', message, id });
    }
  }

  #tell(from: number, frame: ServerMessage): void {
    for (const [i, { reads }] of this.members.entries()) if (i !== from && reads) this.#reply(i, frame);
  }

  #travel(arrive: () => void): void {
    if (this.luck() < this.weather.lost) return;
    this.#at(this.now + this.luck() * this.weather.latest, arrive);
  }

  #at(at: Instant, run: () => void): void {
    this.#due.push({ at, order: this.#order++, run });
  }
}
