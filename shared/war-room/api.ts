import * as z from 'zod';
import { type CapabilityApi, idText, pageOf, pageQuery, timeInput, timeText } from '../api/index.ts';
import { factView } from '../incidents/api.ts';
import { actionFields } from './protocol.ts';
import { credentialProviders } from './video/credentials.ts';
import { videoProviders } from './video/provider.ts';

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

const credentials = z.strictObject({ provider: z.enum(credentialProviders) });

const who = z.strictObject({
  kind: z.enum(['person', 'machine', 'system']),
  id: z.string(),
  name: z.string().optional(),
});

/** A video link as the API shows it. */
export const videoView = z.strictObject({
  provider: z.enum(videoProviders),
  url: z.url().meta({ description: 'Where people join' }),
  hostUrl: z.url().optional().meta({
    description:
      'Gives the rights of the host; only in the answer to whoever started the meeting, and never kept',
  }),
  startedBy: who,
  at: timeText,
  cannot: z.array(z.string()).meta({
    description: 'What this provider cannot honour of the configuration, in sentences',
  }),
});

const kept = z.strictObject({
  provider: z.enum(credentialProviders),
  setAt: timeText,
  setBy: z.string(),
});

const document = z
  .strictObject({
    text: z.string().meta({ description: 'The whole text, in Markdown.' }),
    updatedAt: timeText
      .optional()
      .meta({ description: 'When it was last changed; left out when it never was.' }),
  })
  .meta({ id: 'RoomDocument' });

const snapshot = z
  .strictObject({
    minute: timeText.meta({ description: 'The minute whose snapshot it is: what to ask its text by.' }),
    updatedAt: timeText.meta({ description: 'When the last change in it was made.' }),
  })
  .meta({ id: 'DocumentSnapshot' });

/** What the REST verbs of the war room take and answer. */
export const warRoomApi = {
  'create-ticket': {
    about: 'A ticket that opens one socket within 60 s: connect with ?ticket=….',
    answer: z.strictObject({ ticket: z.string(), expiresAt: timeText }),
    status: 201,
    secret: true,
  },
  'get-document': {
    about:
      'The shared document of an incident as it is now; with `minute`, as the snapshot of that minute has it, and 404 when there ' +
      'is none.',
    params: path,
    query: z.strictObject({ minute: timeInput.optional() }),
    answer: document,
  },
  'list-document-snapshots': {
    about: 'The minutes of which there is a snapshot of the document, the oldest first: how it was written.',
    params: path,
    query: z.strictObject({ ...pageQuery, limit: z.coerce.number().int().min(1).max(500).default(100) }),
    answer: pageOf(snapshot),
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
    about:
      'Adds an action item; whoever is in the room sees it at once. The assignee is the id of a member, or of a person of the ' +
      'configuration who is a member by the same e-mail address; the answer names the member.',
    params: path,
    body: z.strictObject({
      ...actionFields,
      clientMessageId,
    }),
    answer: actionView,
    status: 201,
  },
  'change-action': {
    about:
      'Assigns an action item, to whom `add-action` takes, gives it a due day, rewords or finishes it; null takes away.',
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
  'start-video': {
    about:
      'A video link for the incident, by the provider of the configuration. 201 with a new one; 200 with the one that is there ' +
      'since the incident was opened (or reopened), unless `new` asks for another.',
    params: path,
    body: z
      .strictObject({ new: z.boolean().default(false), provider: z.enum(videoProviders).optional() })
      .default({ new: false }),
    answer: videoView,
    status: 201,
    secret: true,
  },
  'get-video': {
    about: 'The latest video link of the incident; 404 while nobody has asked for one.',
    params: path,
    answer: videoView,
  },
  'list-video-credentials': {
    about:
      'For which providers of video links credentials are set, since when and by whom; never what they are.',
    answer: z.strictObject({ items: z.array(kept) }),
  },
  'set-video-credentials': {
    about:
      'Sets the credentials of a provider, in place of those that were there. They cannot be read again. zoom: accountId, ' +
      'clientId, clientSecret, userId; teams: tenantId, clientId, clientSecret, userId; meet: clientId, clientSecret, refreshToken.',
    params: credentials,
    body: z.record(z.string(), z.unknown()),
    answer: kept,
  },
  'remove-video-credentials': {
    about: 'Removes the credentials of a provider. They count no more at once.',
    params: credentials,
    answer: z.undefined(),
  },
} as const satisfies CapabilityApi;

// What works with copies of the document, by Yjs: a browser opens these files when it shows one.
export { fromBase64, toBase64 } from './document/base64.ts';
export { applyChange } from './document/check.ts';
export { documentOf, missingFrom, partsOf, stateOf, textOf } from './document/text.ts';
// The protocol with its schemas, for who parses or describes it; browsers take its types from the index.
export { clientMessages, serverMessages } from './protocol.ts';
export { type Understood, understand } from './understand.ts';
