import type { IncidentId, Instant } from '../../kernel/index.ts';
import type { Cursor } from './messages.ts';

/** A change that is on its way, or will be again when there is a connection. */
interface Flying {
  readonly id: string;
  readonly update: Uint8Array;
  readonly sentAt?: Instant;
  /** How often it was sent over this connection. */
  readonly sends?: number;
  /** Not before then. */
  readonly waitUntil?: Instant;
}

/** A question for what is missing, and the parts of the answer so far. */
interface Question {
  readonly id: string;
  readonly at: Instant;
  readonly parts: ReadonlyMap<number, Uint8Array>;
  /** Questions that were not answered, one after another, with this one. */
  readonly asks: number;
}

/** All that a client of a document knows beside its text. */
export interface DocumentClient {
  readonly incident: IncidentId;
  /** What its messages are named by; no other client has the same. */
  readonly name: string;
  /** The number that Yjs gave to its copy. */
  readonly copy: number;
  /** `open` once the server has said what was missing. */
  readonly link: 'closed' | 'opening' | 'open';
  /** Why the server takes no more changes from here, in words. */
  readonly refused?: string;
  /** Messages that were named. */
  readonly count: number;
  /** Changes that were made here and not sent yet. */
  readonly waiting: readonly Uint8Array[];
  readonly flying?: Flying;
  /** When the next change may be sent. */
  readonly sendAt: Instant;
  /** Up to this position nothing is missing; beyond it these are known. */
  readonly known: number;
  readonly ahead: ReadonlySet<number>;
  readonly question?: Question;
  /** When it asks next. */
  readonly askAt: Instant;
  readonly cursor: Cursor | null;
  readonly cursorIsTold: boolean;
  /** Others who move a cursor. */
  readonly others: number;
  /** When the cursor may be told next. */
  readonly cursorAt: Instant;
}

/** A client that has not connected yet. */
export function newDocumentClient(incident: IncidentId, name: string, copy: number): DocumentClient {
  return {
    ...{ incident, name, copy, link: 'closed', count: 0, waiting: [], sendAt: 0, known: 0 },
    ...{ ahead: new Set<number>(), askAt: 0, cursor: null, cursorIsTold: true, others: 0, cursorAt: 0 },
  };
}

/** Whether everything that was written here is stored. */
export const isStored = ({ waiting, flying }: DocumentClient): boolean =>
  waiting.length === 0 && flying === undefined;
