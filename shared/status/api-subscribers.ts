import * as z from 'zod';
import { type CapabilityApi, idText, pageOf, pageQuery, timeText } from '../api/index.ts';

const token = z.strictObject({ token: z.string() });
const html = z.string().meta({ description: 'A page of HTML for a person' });
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('Expected an e-mail address'))
  .meta({ description: 'Gets one mail with a link that confirms it, at most one an hour.' });

const subscriber = z.strictObject({
  id: idText('subscriber'),
  email: z.string(),
  state: z.enum(['pending', 'confirmed']).meta({
    description: '`pending`: the address was asked and has not confirmed; it is forgotten after two days.',
  }),
  askedAt: timeText,
});

/** The schemas of the verbs about subscribers of the status page, by the name of the verb. */
export const subscribersApi = {
  subscribe: {
    about: 'Asks an address whether it wants the updates of a page. Without a page the one at the root.',
    body: z.strictObject({ email, page: idText('statusPage').optional() }),
    answer: z.strictObject({
      state: z.literal('asked').meta({ description: 'The same whether the address is known or not.' }),
    }),
    status: 202,
  },
  'show-subscription': {
    about: 'The page behind the link that confirms a subscription: shows a button. Never acts.',
    params: token,
    answer: html,
  },
  'confirm-subscription': { about: 'Confirms a subscription.', params: token, answer: html },
  'show-unsubscribe': {
    about: 'The page behind the link that ends a subscription: shows a button. Never acts.',
    params: token,
    answer: html,
  },
  unsubscribe: {
    about: 'Ends a subscription, by the button or with one click of a mail program (RFC 8058).',
    params: token,
    answer: html,
  },
  'list-subscribers': {
    about: 'The addresses that are mailed about the page; the first page of the list counts them.',
    query: z.strictObject(pageQuery),
    answer: pageOf(subscriber).extend({
      counts: z
        .strictObject({
          confirmed: z.int(),
          pending: z.int(),
          more: z.literal(true).optional().meta({ description: 'There are more than were counted.' }),
        })
        .optional(),
    }),
  },
  'remove-subscriber': {
    about: 'Removes a subscriber.',
    params: z.strictObject({ id: idText('subscriber') }),
    answer: z.undefined(),
  },
} as const satisfies CapabilityApi;
