import * as z from 'zod';
import { type CapabilityApi, timeText } from '../api/index.ts';

/** What the REST verbs of the war room take and answer. */
export const warRoomApi = {
  'create-ticket': {
    about: 'A ticket that opens one socket within 60 s: connect with ?ticket=….',
    answer: z.strictObject({ ticket: z.string(), expiresAt: timeText }),
    status: 201,
    secret: true,
  },
} as const satisfies CapabilityApi;

// The protocol with its schemas, for who parses or describes it; browsers take its types from the index.
export { clientMessages, serverMessages } from './protocol.ts';
export { type Understood, understand } from './understand.ts';
