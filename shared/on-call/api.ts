import * as z from 'zod';
import { type CapabilityApi, idText, pageOf, timeText } from '../api/index.ts';

const token = z.strictObject({ token: z.string() });
const page = z.string().meta({ description: 'A page of HTML for a person' });

const pageSent = z.strictObject({
  generation: z.int(),
  step: z.int().meta({ description: 'The step of the escalation that it belongs to.' }),
  person: z.string(),
  channel: z.enum(['email']),
  state: z.enum(['planned', 'claimed', 'sent', 'failed', 'refused', 'dropped']).meta({
    description:
      '`sent`: the provider took it. `failed` and `refused`: it is tried again; after `refused` the next step does not wait. `dropped`: there was no need any more.',
  }),
  at: timeText.optional().meta({ description: 'When it came to this state.' }),
  reason: z.string().optional(),
  attempts: z.int(),
  possiblyAgain: z.boolean().meta({ description: 'An earlier attempt may have arrived too.' }),
});

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
  'list-pages': {
    about: 'Who was told of an incident since it was last opened, by which channel, and what became of it.',
    params: z.strictObject({ id: idText('incident') }),
    answer: pageOf(pageSent),
  },
} as const satisfies CapabilityApi;
