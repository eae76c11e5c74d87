import type { IncidentId } from '../../../shared/kernel/index.ts';
import type { ClientFrame } from '../../../shared/war-room/protocol.ts';
import type { RoomConnection } from '../connection.ts';
import type { Channel, ChannelNews } from './channel.ts';

/** The way to a room's document over the connection that the room has. */
export class RoomChannel implements Channel {
  readonly incident: IncidentId;
  readonly #connection: RoomConnection;

  constructor(connection: RoomConnection) {
    this.incident = connection.client().incident;
    this.#connection = connection;
  }

  get isOpen(): boolean {
    return this.#connection.client().link === 'open';
  }

  send(frame: ClientFrame): void {
    this.#connection.send(frame);
  }

  subscribe(listener: (news: ChannelNews) => void): () => void {
    let wasOpen = this.isOpen;
    const look = () => {
      if (this.isOpen === wasOpen) return;
      wasOpen = this.isOpen;
      listener({ is: wasOpen ? 'open' : 'lost' });
    };
    const leave = [
      this.#connection.subscribe(look),
      this.#connection.onFrame((frame) => listener({ is: 'heard', frame })),
    ];
    return () => {
      for (const stop of leave) stop();
    };
  }
}
