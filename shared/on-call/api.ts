import * as z from 'zod';
import type { CapabilityApi } from '../api/index.ts';

const token = z.strictObject({ token: z.string() });
const page = z.string().meta({ description: 'A page of HTML for a person' });

/** The schemas of the verbs behind the link of a page, by the name of the verb. */
export const onCallApi = {
  'show-response': {
    about: 'The page behind the link of a page: shows the incident and a button. Never acts.',
    params: token,
    answer: page,
  },
  respond: {
    about: 'Acknowledges the incident as the person whom the link was sent to.',
    params: token,
    answer: page,
  },
} as const satisfies CapabilityApi;
