import * as z from 'zod';
import { type CapabilityApi, idText, timeText } from '../api/index.ts';

const document = z
  .strictObject({
    text: z.string().meta({ description: 'The whole text, in Markdown.' }),
    updatedAt: timeText
      .optional()
      .meta({ description: 'When it was last changed; left out when it never was.' }),
  })
  .meta({ id: 'RoomDocument' });

/** What the REST verbs of the war room take and answer. */
export const warRoomApi = {
  'create-ticket': {
    about: 'A ticket that opens one socket within 60 s: connect with ?ticket=….',
    answer: z.strictObject({ ticket: z.string(), expiresAt: timeText }),
    status: 201,
    secret: true,
  },
  'get-document': {
    about: 'The shared document of an incident as it is now.',
    params: z.strictObject({ id: idText('incident') }),
    answer: document,
  },
} as const satisfies CapabilityApi;

// What works with copies of the document, by Yjs: a browser opens these files when it shows one.
export { fromBase64, toBase64 } from './document/base64.ts';
export { applyChange } from './document/check.ts';
export { documentOf, missingFrom, partsOf, stateOf, textOf } from './document/text.ts';
// The protocol with its schemas, for who parses or describes it; browsers take its types from the index.
export { clientMessages, serverMessages } from './protocol.ts';
export { type Understood, understand } from './understand.ts';
