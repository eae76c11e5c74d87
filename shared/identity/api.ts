import * as z from 'zod';
import { type CapabilityApi, idText, lineText, pageOf, timeText } from '../api/index.ts';
import { roles } from '../kernel/index.ts';
import { mailNotice } from './mail-reach.ts';

const role = z.enum(roles);
const organisation = z.strictObject({ id: idText('organisation'), name: z.string() });
const machineKey = z.strictObject({
  id: idText('key'),
  name: z.string(),
  role,
  createdAt: timeText,
  createdBy: z.string(),
});

const member = z.strictObject({
  person: idText('person'),
  name: z.string(),
  email: z.string().optional(),
  role,
});

/** What the verbs of identity take and answer. */
export const identityApi = {
  'create-organisation': {
    about: 'Makes an organisation and its first administrator: the caller.',
    body: z.strictObject({ name: lineText(100) }),
    answer: organisation,
    status: 201,
  },
  'get-me': {
    about:
      'Who the caller is, and in which organisations. The first time that the administrator of the stack settings asks, their organisation is made.',
    answer: z.strictObject({
      kind: z.enum(['person', 'machine']),
      name: z.string(),
      email: z.string().optional(),
      organisations: z.array(organisation.extend({ role, person: z.string().optional() })),
      because: z.string().optional().meta({ description: 'Why there is no organisation, and what to do.' }),
    }),
  },
  'list-members': {
    about: 'The people of the organisation.',
    answer: pageOf(member),
  },
  'add-member': {
    about:
      'Makes a person a member by e-mail address: whoever signs in with this address, verified by the issuer. Takes effect at once. While the account is in the SES sandbox, SES asks the address to confirm itself.',
    body: z.strictObject({ email: z.email().max(320), name: lineText(100), role }),
    answer: member.extend({ mail: z.array(mailNotice).min(1).optional() }),
    status: 201,
  },
  'remove-member': {
    about: 'Takes a person out of the organisation. It holds within a minute.',
    params: z.strictObject({ id: idText('person') }),
    answer: z.undefined(),
  },
  'list-keys': {
    about: 'The machine keys of the organisation, without their secrets.',
    answer: pageOf(machineKey),
  },
  'create-key': {
    about: 'Makes a key with which a machine may call this API. Its secret is shown only in this answer.',
    body: z.strictObject({ name: lineText(100), role }),
    answer: machineKey.extend({ secret: z.string() }),
    status: 201,
    secret: true,
  },
  'delete-key': {
    about: 'Withdraws a machine key. It stops working within a minute.',
    params: z.strictObject({ id: idText('key') }),
    answer: z.undefined(),
  },
} as const satisfies CapabilityApi;
