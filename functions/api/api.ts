import * as z from 'zod';
import type { CapabilityApi } from '../../shared/api/index.ts';

/** What the verbs about the API itself take and answer. */
export const apiApi = {
  'get-openapi': {
    about: 'This document.',
    answer: z.looseObject({ openapi: z.string() }),
  },
} as const satisfies CapabilityApi;
