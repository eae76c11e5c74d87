import { connect, type Socket } from 'node:net';
import type { Answer } from '../answer.ts';
import type { Head } from './head.ts';
import { type Message, MessageReader } from './reader.ts';

/** Asks an engine, over connections that stay open. */
export class EngineConnections {
  readonly #address: { readonly host: string; readonly port: number };
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();

  /** @param engine http://host:port */
  constructor(engine: string) {
    const { hostname, port } = new URL(engine);
    this.#address = { host: hostname, port: Number(port === '' ? 80 : port) };
  }

  /** Passes a request on; rejects when the connection breaks before the answer is whole. */
  async call(head: Head, body: Buffer, raw: Buffer | undefined): Promise<Answer> {
    const connection = this.#idle.pop() ?? this.#open();
    const answer = await connection.ask(raw ?? [Buffer.from(head.text, 'latin1'), body], isHead(head));
    if (connection.usable) this.#idle.push(connection);
    return answerOf(answer);
  }

  stop(): void {
    for (const connection of this.#all) connection.destroy();
  }

  #open(): Connection {
    const connection = new Connection(connect({ ...this.#address, noDelay: true }), () => {
      this.#all.delete(connection);
      const at = this.#idle.indexOf(connection);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    this.#all.add(connection);
    return connection;
  }
}

/** One connection, which carries one request at a time. */
class Connection {
  usable = true;
  readonly #socket: Socket;
  readonly #reader: MessageReader;
  #waiting: PromiseWithResolvers<Message> | undefined;
  #isHead = false;

  constructor(socket: Socket, gone: () => void) {
    this.#socket = socket;
    this.#reader = new MessageReader({
      bodiless: (head) => this.#isHead || /^HTTP\/1\.1 (1\d\d|204|304) /.test(head.text),
      message: (message) => this.#answered(message),
    });
    socket.on('data', (piece) => this.#reader.push(piece));
    socket.on('end', () => this.#reader.end());
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => {
      this.usable = false;
      gone();
      this.#waiting?.reject(new Error('The engine closed the connection'));
    });
  }

  ask(request: Buffer | readonly Buffer[], isHead: boolean): Promise<Message> {
    this.#isHead = isHead;
    this.#waiting = Promise.withResolvers<Message>();
    this.#socket.cork();
    for (const piece of [request].flat()) if (piece.length > 0) this.#socket.write(piece);
    this.#socket.uncork();
    return this.#waiting.promise;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #answered(message: Message): void {
    // What an engine says on the way to its answer ends here.
    if (message.head.text.startsWith('HTTP/1.1 1')) return;
    if (message.head.get('connection')?.toLowerCase() === 'close') this.usable = false;
    this.#waiting?.resolve(message);
    this.#waiting = undefined;
  }
}

const isHead = (head: Head): boolean => head.text.startsWith('HEAD ');

/**
 * Of an error the date is left out: engines tell the real one, and by a clock that was moved a client of AWS would take it for its own
 * fault, and try again for seconds what cannot go well, as a condition that does not hold.
 */
function answerOf({ head, body, raw }: Message): Answer {
  const status = Number(head.text.slice(9, 12));
  const isWhole = status < 400 && head.get('connection')?.toLowerCase() !== 'close';
  return {
    status,
    get headers() {
      const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, date, ...headers } = head.all();
      const told = date !== undefined && status < 400 && { date };
      return { ...headers, ...told, 'content-length': String(body.length) };
    },
    body,
    ...(raw && isWhole && { raw }),
  };
}
