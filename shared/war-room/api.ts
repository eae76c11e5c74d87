import * as z from 'zod';
import { type CapabilityApi, idText, timeText } from '../api/index.ts';
import { factView } from '../incidents/api.ts';
import { actionFields } from './protocol.ts';

const path = z.strictObject({ id: idText('incident') });
const person = z.strictObject({ id: z.string(), name: z.string() });

/** An action of a room as the API shows it. */
const actionView = z
  .strictObject({
    id: idText('action'),
    text: z.string(),
    assignee: person.optional(),
    due: z.iso.date().optional(),
    done: z.boolean(),
    addedAt: timeText,
    addedBy: z.string(),
  })
  .meta({ id: 'ActionItem' });

const partsView = z.array(
  z.union([
    z.strictObject({ part: z.literal('role'), role: z.string(), person: person.nullable(), seq: z.int() }),
    z.strictObject({
      ...{ part: z.literal('pin'), pinned: z.int(), up: z.boolean() },
      ...{ text: z.string(), by: z.string(), seq: z.int() },
    }),
    z.strictObject({
      ...{ part: z.literal('action'), action: idText('action'), text: z.string() },
      ...{ assignee: person.nullable(), due: z.string().nullable(), done: z.boolean() },
      ...{ addedAt: z.number(), addedBy: z.string(), seq: z.int() },
    }),
  ]),
);

const clientMessageId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/)
  .optional()
  .meta({ description: 'The same id again is the same change: it is recorded once.' });

/** What the REST verbs of the war room take and answer. */
export const warRoomApi = {
  'create-ticket': {
    about: 'A ticket that opens one socket within 60 s: connect with ?ticket=….',
    answer: z.strictObject({ ticket: z.string(), expiresAt: timeText }),
    status: 201,
    secret: true,
  },
  'get-room': {
    about:
      'A room as it is now: its roles, pins and actions by the facts up to `last`, and the latest facts of its log. Join the socket after `last`.',
    params: path,
    query: z.strictObject({ facts: z.coerce.number().int().min(0).max(200).default(200) }),
    answer: z.strictObject({ last: z.int(), parts: partsView, facts: z.array(factView) }),
  },
  'list-actions': {
    about: 'The action items of an incident in the order in which they were added.',
    params: path,
    answer: z.strictObject({ items: z.array(actionView) }),
  },
  'add-action': {
    about: 'Adds an action item; whoever is in the room sees it at once.',
    params: path,
    body: z.strictObject({
      ...actionFields,
      clientMessageId,
    }),
    answer: actionView,
    status: 201,
  },
  'change-action': {
    about: 'Assigns an action item, gives it a due day, rewords or finishes it; null takes away.',
    params: z.strictObject({ id: idText('incident'), action: idText('action') }),
    body: z
      .strictObject({
        text: actionFields.text.optional(),
        assignee: z.string().min(1).max(80).nullable().optional(),
        due: z.iso.date().nullable().optional(),
        done: z.boolean().optional(),
      })
      .refine((body) => Object.keys(body).length > 0, 'Say what to change: text, assignee, due or done'),
    answer: actionView,
  },
} as const satisfies CapabilityApi;

// The protocol with its schemas, for who parses or describes it; browsers take its types from the index.
export { clientMessages, serverMessages } from './protocol.ts';
export { type Understood, understand } from './understand.ts';
