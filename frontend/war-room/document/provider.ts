import * as Y from 'yjs';
import { toBase64 } from '../../../shared/war-room/document/base64.ts';
import { type DocumentEvent, stepDocument } from '../../../shared/war-room/document/client.ts';
import { type DocumentEffect, documentWakeAt } from '../../../shared/war-room/document/client-speak.ts';
import {
  type DocumentClient,
  isStored,
  newDocumentClient,
} from '../../../shared/war-room/document/client-state.ts';
import { documentLimits, documentTimes } from '../../../shared/war-room/document/limits.ts';
import type { Cursor } from '../../../shared/war-room/document/messages.ts';
import { TEXT } from '../../../shared/war-room/document/text.ts';
import { PROTOCOL_VERSION } from '../../../shared/war-room/limits.ts';
import type { Present } from '../../../shared/war-room/protocol.ts';
import type { Channel, ChannelNews } from './channel.ts';
import { keepUnstored, readUnstored } from './unstored.ts';

/** Somebody else's cursor in the text. */
export interface RemoteCursor extends Cursor {
  readonly person: Present;
  readonly until: number;
}

/** What changed: the state of things, or where others stand. The text tells its own changes. */
type Changed = 'state' | 'cursors';

/** Of the browser's tab: where text survives a reload, and that the page is left. */
type Tab = Pick<Window, 'sessionStorage' | 'addEventListener' | 'removeEventListener'>;

/** When a page may be gone without another word: a phone ends those that nobody looks at. */
const leavings = ['pagehide', 'visibilitychange'] as const;

/** One person's copy of a room's document, and its way to the others. */
export class DocumentProvider {
  readonly document = new Y.Doc();
  readonly text = this.document.getText(TEXT);
  readonly cursors = new Map<number, RemoteCursor>();
  readonly #channel: Channel;
  readonly #tab: Tab;
  readonly #listeners = new Set<(changed: Changed) => void>();
  #client: DocumentClient;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave: (() => void) | undefined;
  #shown = 0;

  constructor(channel: Channel, tab: Tab) {
    this.#channel = channel;
    this.#tab = tab;
    this.#client = newDocumentClient(channel.incident, `doc-${crypto.randomUUID()}`, this.document.clientID);
    this.document.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#happen({ is: 'edited', update });
    });
    const kept = readUnstored(tab.sessionStorage, channel.incident);
    if (kept === undefined) return;
    // It is told by itself: where it builds on what this copy does not know yet, the copy says nothing of it.
    Y.applyUpdate(this.document, kept, this);
    this.#happen({ is: 'edited', update: kept });
  }

  /** How it stands with the server. */
  get client(): DocumentClient {
    return this.#client;
  }

  /** Begins to follow the document; what it returns ends that as soon as everything written here is stored. */
  show(): () => void {
    this.#shown += 1;
    if (this.#leave === undefined) {
      this.#leave = this.#channel.subscribe((news) => this.#hear(news));
      for (const leaving of leavings) this.#tab.addEventListener(leaving, this.#keep);
      if (this.#channel.isOpen) this.#happen({ is: 'joined' });
    }
    return () => {
      this.#shown -= 1;
      this.move(null);
    };
  }

  subscribe(listener: (changed: Changed) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says where the person of this copy stands; null when the text has not the focus. */
  move(cursor: Cursor | null): void {
    this.#happen({ is: 'moved', cursor, others: this.cursors.size });
  }

  readonly #keep = (): void => keepUnstored(this.#tab.sessionStorage, this.#client);

  #hear(news: ChannelNews): void {
    if (news.is === 'heard') this.#happen(news);
    else this.#happen({ is: news.is === 'open' ? 'joined' : 'lost' });
  }

  #happen(event: DocumentEvent): void {
    const before = this.#client;
    const [client, effects] = stepDocument(before, event, Date.now());
    this.#client = client;
    for (const effect of effects) this.#carryOut(effect);
    if (event.is === 'lost') this.#forget(Number.POSITIVE_INFINITY);
    if (this.#client !== before) this.#tell('state');
    this.#next();
  }

  #carryOut(effect: DocumentEffect): void {
    const { incident } = this.#channel;
    if (effect.do === 'send') this.#channel.send(effect.frame);
    if (effect.do === 'apply') Y.applyUpdate(this.document, effect.update, this);
    if (effect.do === 'point') this.#point(effect);
    if (effect.do !== 'ask') return;
    const vector = Y.encodeStateVector(this.document);
    const have = vector.length > documentLimits.haveBytes ? '' : toBase64(vector);
    this.#channel.send({ v: PROTOCOL_VERSION, type: 'doc.open', incident, id: effect.id, have });
  }

  #point({ client, cursor, person }: Extract<DocumentEffect, { do: 'point' }>): void {
    if (cursor === null) this.cursors.delete(client);
    else this.cursors.set(client, { ...cursor, person, until: Date.now() + documentTimes.cursorForgotten });
    this.#tell('cursors');
  }

  /** Forgets cursors that were not told again by then. */
  #forget(now: number): void {
    const old = [...this.cursors].filter(([, { until }]) => until <= now);
    for (const [client] of old) this.cursors.delete(client);
    if (old.length > 0) this.#tell('cursors');
  }

  /** Waits for what is due next; leaves when nobody looks any more and everything is stored. */
  #next(): void {
    clearTimeout(this.#timer);
    if (this.#shown <= 0 && isStored(this.#client)) {
      this.#close();
      return;
    }
    const wake = Math.min(
      documentWakeAt(this.#client),
      ...[...this.cursors.values()].map(({ until }) => until),
    );
    if (!Number.isFinite(wake)) return;
    this.#timer = setTimeout(
      () => {
        this.#forget(Date.now());
        this.#happen({ is: 'time' });
      },
      Math.max(0, wake - Date.now()),
    );
  }

  #close(): void {
    const { incident, isOpen } = this.#channel;
    if (this.#leave && isOpen) this.#channel.send({ v: PROTOCOL_VERSION, type: 'doc.close', incident });
    this.#leave?.();
    this.#leave = undefined;
    for (const leaving of leavings) this.#tab.removeEventListener(leaving, this.#keep);
    this.#keep();
    this.#client = stepDocument(this.#client, { is: 'lost' }, Date.now())[0];
  }

  #tell(changed: Changed): void {
    for (const listener of this.#listeners) listener(changed);
  }
}

const providers = new WeakMap<Channel, DocumentProvider>();

/** The copy that belongs to a channel: who looks elsewhere for a while finds it again, with what is not stored yet. */
export function providerOf(channel: Channel): DocumentProvider {
  const known = providers.get(channel) ?? new DocumentProvider(channel, window);
  providers.set(channel, known);
  return known;
}
