/** The version of this protocol; a message of another version is refused. Rules by number: docs/war-room-protocol.md. */
export const PROTOCOL_VERSION = 1;

/** What both ends keep to. API Gateway's own limits are 32 KB a frame, 10 minutes idle and 2 hours a connection. */
export const limits = {
  /** Bytes of a frame, either way. */
  frameBytes: 30_000,
  /** Characters of one message of the chat. */
  chatText: 2_000,
  actionText: 300,
  /** Rooms that one connection may look at. */
  rooms: 20,
  /** Messages of one connection that are carried out within ten seconds. */
  messagesIn10s: 100,
} as const;

/** Milliseconds. */
export const times = {
  /** Between two pings of a client. */
  ping: 30_000,
  /** An unanswered message is sent again after this, then after twice as long each time, up to the longest. */
  unanswered: 2_000,
  longestUnanswered: 16_000,
  /** No frame for so long: the connection is dead, whatever the socket says. */
  silent: 75_000,
  /** A client opens a new connection before this one is cut off after two hours. */
  longest: 110 * 60_000,
  /** The same client tells no more often that somebody types, or is there. */
  typing: 3_000,
  presence: 2_000,
} as const;

/**
 * Milliseconds that a message waits for its answer after it was sent so many times. The wait grows: sent again at an even pace,
 * the messages of a whole room would keep a server busy that has too much to do already.
 */
export const patienceAfter = (sends: number): number =>
  Math.min(times.unanswered * 2 ** Math.max(0, sends - 1), times.longestUnanswered);
