/** What both ends keep to in the document of a room. Bytes are those before base64, which makes four of three. */
export const documentLimits = {
  /** Bytes of one change. */
  updateBytes: 16_000,
  /** Bytes of one part of an answer to doc.open. */
  partBytes: 20_000,
  /** Insertions of one change. */
  insertions: 1_000,
  /** Characters of the text, in units of UTF-16. */
  text: 200_000,
  /** What an editor lets somebody write: less, as others write at the same time. */
  editorText: 195_000,
  /** Bytes of all that the document remembers, deleted text as marks without words. */
  history: 1_000_000,
  /** Bytes of what a client says that it has; with more it says nothing and gets all. */
  haveBytes: 15_000,
} as const;

/** Milliseconds. */
export const documentTimes = {
  /** Between two changes, or two cursors, that a client sends. */
  pause: 250,
  /** How long a hole between positions may be there before it is asked about. */
  hole: 300,
  /** A client asks after so long what it lacks, whatever it has heard. */
  check: 30_000,
  /** A cursor is told again after this, and forgotten when it was not told for the second. */
  cursorAgain: 20_000,
  cursorForgotten: 45_000,
} as const;
