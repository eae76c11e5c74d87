import type { IncidentId } from '../../../shared/kernel/index.ts';
import type { ClientFrame, ServerMessage } from '../../../shared/war-room/protocol.ts';

/** What happens on the way to a room. */
export type ChannelNews =
  /** The room was joined, for the first time or anew. */
  | { readonly is: 'open' }
  /** The connection is gone; frames that were not answered may be lost. */
  | { readonly is: 'lost' }
  | { readonly is: 'heard'; readonly frame: ServerMessage };

/** The way to the room of one incident, which others use too. It lives as long as the room is shown. */
export interface Channel {
  readonly incident: IncidentId;
  /** Whether the room is joined now. */
  readonly isOpen: boolean;
  /** Sends a frame; one that cannot be sent now is dropped. */
  send(frame: ClientFrame): void;
  /** Calls back with all that happens from now on, until what it returns is called. */
  subscribe(listener: (news: ChannelNews) => void): () => void;
}
