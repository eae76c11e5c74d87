import * as z from 'zod';
import { inRoom, present, writing } from '../message-parts.ts';
import { documentLimits } from './limits.ts';

// Messages about the document of a room. Changes, and what a client has, are updates and state vectors of Yjs in base64.

/** The length of so many bytes in base64. */
const inBase64 = (bytes: number): number => Math.ceil(bytes / 3) * 4;

const bytes = (most: number) => z.base64().max(inBase64(most));
const position = z.int().min(0);
const client = z.int().min(0).max(0xff_ff_ff_ff);

/** A place in the text that stays with its neighbours: a relative position of Yjs. */
const place = z.base64().min(1).max(200);

/** Where somebody stands, and what they have selected; null when they have left the text. */
const cursor = z.strictObject({ anchor: place, head: place }).nullable();

/** What a client says about the document, by type. */
export const documentMessages = {
  'doc.open': z.strictObject({
    ...writing,
    type: z.literal('doc.open'),
    /** The state vector of what the client has; empty gives the whole document. */
    have: bytes(documentLimits.haveBytes).default(''),
  }),
  'doc.update': z.strictObject({
    ...writing,
    type: z.literal('doc.update'),
    update: bytes(documentLimits.updateBytes).min(1),
  }),
  'doc.cursor': z.strictObject({ ...inRoom, type: z.literal('doc.cursor'), client, cursor }),
  'doc.close': z.strictObject({ ...inRoom, type: z.literal('doc.close') }),
} as const;

/** What the server says about the document, by type. */
export const documentAnswers = {
  /** A part, from 0, of what the client lacked; `last` is the highest position in it. */
  'doc.state': z.strictObject({
    ...writing,
    type: z.literal('doc.state'),
    part: z.int().min(0),
    of: z.int().min(1),
    data: bytes(documentLimits.partBytes),
    last: position,
  }),
  'doc.updates': z.strictObject({
    ...inRoom,
    type: z.literal('doc.updates'),
    updates: z.array(z.strictObject({ position, update: z.base64() })),
  }),
  /** The change with this id is stored at `position`, or was stored by then. */
  'doc.accepted': z.strictObject({ ...writing, type: z.literal('doc.accepted'), position }),
  'doc.cursor': z.strictObject({ ...inRoom, type: z.literal('doc.cursor'), client, cursor, person: present }),
} as const;

/** Where somebody stands in the text. */
export type Cursor = NonNullable<z.output<typeof cursor>>;
