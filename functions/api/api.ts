import * as z from 'zod';
import type { CapabilityApi } from '../../shared/api/index.ts';

/** What the verbs about the API itself take and answer. */
export const apiApi = {
  'get-openapi': {
    about: 'This document.',
    answer: z.looseObject({ openapi: z.string() }),
  },
  'get-asyncapi': {
    about: 'The AsyncAPI 3.0 description of the WebSocket API of war rooms.',
    answer: z.looseObject({ asyncapi: z.string() }),
  },
} as const satisfies CapabilityApi;
