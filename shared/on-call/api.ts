import * as z from 'zod';
import { type CapabilityApi, idText, pageOf, timeText } from '../api/index.ts';

const person = z.strictObject({ id: z.string(), name: z.string() });
const people = z.array(person);
const problems = z.array(z.string()).meta({ description: 'What is wrong, in words; empty when nothing is.' });

const turn = z.strictObject({
  level: z.int().min(0).meta({ description: 'From 1; 0 stands for the administrators, the last resort.' }),
  people,
});

const onCallNow = z.strictObject({
  policies: z.array(
    z
      .strictObject({
        id: z.string(),
        name: z.string(),
        isDefault: z.boolean().meta({ description: 'Whether it takes what names no policy.' }),
        repeat: z.int().min(0).meta({ description: 'How many times the levels are gone through again.' }),
        levels: z.array(
          z.strictObject({
            level: z.int().min(1),
            delay: z.int().meta({ description: 'Seconds until the next page, when nobody answers.' }),
            people,
            unknown: z.array(z.string()).min(1).optional().meta({
              description: 'Targets of the level that are not among the people.',
            }),
          }),
        ),
        now: turn.optional().meta({ description: 'Whom the first page reaches; absent when nobody.' }),
        next: turn.optional().meta({ description: 'Whom the page after it reaches.' }),
        problems,
      })
      .meta({ id: 'PolicyOnCall' }),
  ),
  administrators: people.meta({ description: 'Who is paged when a policy reaches nobody.' }),
  problems,
});

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
  'get-on-call': {
    about:
      'Who is paged in turn, by each policy: its levels with their people, whom the first page would reach now and whom the next, and what keeps somebody from being reached.',
    answer: onCallNow,
  },
  'list-pages': {
    about: 'Who was told of an incident since it was last opened, by which channel, and what became of it.',
    params: z.strictObject({ id: idText('incident') }),
    answer: pageOf(pageSent),
  },
} as const satisfies CapabilityApi;
