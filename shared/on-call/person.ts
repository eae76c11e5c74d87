import * as z from 'zod';
import { type Channel, channels, type Target } from '../incidents/index.ts';

/** The form of an id that the authors of a configuration choose: it goes into keys and links. */
export const configuredId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    'Use 1 to 64 letters, digits, _ or -, beginning with a letter or digit',
  );

const address = z
  .email()
  .max(254)
  .refine((text) => text.slice(0, text.lastIndexOf('@')).length <= 64, 'The part before @ is longer than 64');

/** An id of Slack: of a person (U, W), a direct message (D), a channel (C) or a group (G). */
const slackId = z
  .string()
  .regex(/^[UWCDG][A-Z0-9]{2,30}$/, 'Expected an id of Slack, such as U012AB3CD, not a name');

const httpsAddress = z.url({ protocol: /^https?$/ }).max(2_000);

/** Somebody who can be paged, and how. */
export const personSchema = z.strictObject({
  id: configuredId,
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'A name is one line'),
  email: address,
  /** A telephone number in E.164 form. */
  sms: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'Expected a number in E.164 form, such as +41791234567')
    .optional(),
  /** A person or channel of Slack, by id. */
  slack: slackId.optional(),
  /** The address of a workflow of Microsoft Teams that posts a card. */
  teams: httpsAddress.optional(),
  /** Where signed webhooks are posted. */
  webhook: httpsAddress.optional(),
  /** The channels in the order in which they are tried; left out, e-mail and then the others that there is an address for. */
  channels: z.array(z.enum(channels)).min(1).max(channels.length).optional(),
});

export type Person = z.infer<typeof personSchema>;

/** The channels by which somebody is paged, in the order in which they are tried. */
export function channelsOf(person: Person): readonly [Channel, ...Channel[]] {
  const wanted = person.channels ?? channels;
  const [first, ...others] = new Set(wanted.filter((channel) => person[channel] !== undefined));
  return first === undefined ? ['email'] : [first, ...others];
}

/** Somebody as a target of a step: by their first channel, with the others after it. */
export function targetOf(person: Person): Target {
  const [channel, ...others] = channelsOf(person);
  return { person: person.id, channel, ...(others.length > 0 && { others }) };
}
