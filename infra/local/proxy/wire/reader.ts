import { chunkedEnd, unchunked } from './chunked.ts';
import { Head } from './head.ts';

/** A whole message of HTTP/1.1. */
export interface Message {
  readonly head: Head;
  readonly body: Buffer;
  /** The very bytes that came, when their body needed no decoding. */
  readonly raw: Buffer | undefined;
}

/** What a reader does with messages, and what it knows of them beforehand. */
export interface Listener {
  message(message: Message): void;
  /** Called as soon as a head is there; the body may be long in coming. */
  head?(head: Head): void;
  /** Whether a message with this head has no body, whatever it says; answers to HEAD are so. */
  bodiless?(head: Head): boolean;
}

const emptyLine = Buffer.from('\r\n\r\n');
const none = Buffer.alloc(0);

/** Cuts what arrives on a connection into messages. A message that arrives in one piece is not copied. */
export class MessageReader {
  readonly #listener: Listener;
  #bytes: Buffer = none;
  #pieces: Buffer[] = [];
  #size = 0;
  #head: Head | undefined;
  #headSize = 0;
  /** Bytes of the whole message; undefined while that is open. */
  #whole: number | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    while (this.#size > 0 && this.#take());
  }

  /** The other side has ended: a message whose length nobody told ends here. */
  end(): void {
    if (this.#head !== undefined && this.#whole === undefined && !this.#isChunked()) this.#finish(this.#size);
  }

  /** Takes one message; false when it is not there yet. */
  #take(): boolean {
    if (this.#whole !== undefined && this.#size < this.#whole) return false;
    this.#join();
    if (this.#head === undefined && !this.#readHead()) return false;
    if (this.#whole === undefined && this.#isChunked()) this.#whole = chunkedEnd(this.#bytes, this.#headSize);
    if (this.#whole === undefined || this.#size < this.#whole) return false;
    this.#finish(this.#whole);
    return true;
  }

  #join(): void {
    const [first = none] = this.#pieces;
    this.#bytes = this.#pieces.length > 1 ? Buffer.concat(this.#pieces) : first;
    this.#pieces = [this.#bytes];
  }

  #readHead(): boolean {
    const end = this.#bytes.indexOf(emptyLine);
    if (end < 0) return false;
    this.#headSize = end + emptyLine.length;
    const head = new Head(this.#bytes.toString('latin1', 0, this.#headSize));
    this.#head = head;
    this.#whole = this.#wholeSize(head);
    this.#listener.head?.(head);
    return true;
  }

  #wholeSize(head: Head): number | undefined {
    if (this.#listener.bodiless?.(head) === true) return this.#headSize;
    const length = head.get('content-length');
    if (length !== undefined) return this.#headSize + Number(length);
    // A request says that it has a body; an answer without a length goes on to the end of the connection.
    return head.text.startsWith('HTTP/') || this.#isChunked() ? undefined : this.#headSize;
  }

  #isChunked(): boolean {
    return this.#head?.get('transfer-encoding')?.toLowerCase().includes('chunked') === true;
  }

  #finish(size: number): void {
    const head = this.#head ?? new Head('');
    const isChunked = this.#isChunked();
    const raw = this.#bytes.subarray(0, size);
    const body = raw.subarray(this.#headSize);
    const rest = this.#bytes.subarray(size);
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
    this.#head = undefined;
    this.#whole = undefined;
    this.#bytes = none;
    this.#listener.message(isChunked ? { head, body: unchunked(body), raw: undefined } : { head, body, raw });
  }
}
