import type { Channel, ChannelNews } from '../../../frontend/war-room/document/channel.ts';
import type { IncidentId } from '../../../shared/kernel/index.ts';
import type { ClientFrame, ServerMessage } from '../../../shared/war-room/protocol.ts';

/** The way to a room over one socket, which a test opens and cuts. */
export class SocketChannel implements Channel {
  readonly incident: IncidentId;
  isOpen = false;
  readonly #listeners = new Set<(news: ChannelNews) => void>();
  #socket: WebSocket | undefined;

  constructor(incident: IncidentId) {
    this.incident = incident;
  }

  open(address: string): void {
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => this.#write({ v: 1, type: 'join', incident: this.incident });
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const frame = JSON.parse(data) as ServerMessage;
      if (frame.type === 'joined' && !this.isOpen) {
        this.isOpen = true;
        this.#tell({ is: 'open' });
      }
      this.hear(frame);
    };
    socket.onclose = () => {
      this.isOpen = false;
      this.#tell({ is: 'lost' });
    };
  }

  cut(): void {
    this.#socket?.close();
  }

  send(frame: ClientFrame): void {
    if (this.isOpen) this.#write(frame);
  }

  /** As if the other side had said it. */
  hear(frame: ServerMessage): void {
    this.#tell({ is: 'heard', frame });
  }

  subscribe(listener: (news: ChannelNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #write(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #tell(news: ChannelNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
