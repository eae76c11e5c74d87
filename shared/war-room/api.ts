import * as z from 'zod';
import { type CapabilityApi, idText, timeText } from '../api/index.ts';
import { credentialProviders } from './video/credentials.ts';
import { videoProviders } from './video/provider.ts';

const incident = z.strictObject({ id: idText('incident') });
const credentials = z.strictObject({ provider: z.enum(credentialProviders) });

const who = z.strictObject({
  kind: z.enum(['person', 'machine', 'system']),
  id: z.string(),
  name: z.string().optional(),
});

/** A video link as the API shows it. */
export const videoView = z.strictObject({
  provider: z.enum(videoProviders),
  url: z.url().meta({ description: 'Where people join' }),
  hostUrl: z.url().optional().meta({
    description:
      'Gives the rights of the host; only in the answer to whoever started the meeting, and never kept',
  }),
  startedBy: who,
  at: timeText,
  cannot: z.array(z.string()).meta({
    description: 'What this provider cannot honour of the configuration, in sentences',
  }),
});

const kept = z.strictObject({
  provider: z.enum(credentialProviders),
  setAt: timeText,
  setBy: z.string(),
});

/** What the REST verbs of the war room take and answer. */
export const warRoomApi = {
  'create-ticket': {
    about: 'A ticket that opens one socket within 60 s: connect with ?ticket=….',
    answer: z.strictObject({ ticket: z.string(), expiresAt: timeText }),
    status: 201,
    secret: true,
  },
  'start-video': {
    about:
      'A video link for the incident, by the provider of the configuration. 201 with a new one; 200 with the one that is there ' +
      'since the incident was opened (or reopened), unless `new` asks for another.',
    params: incident,
    body: z
      .strictObject({ new: z.boolean().default(false), provider: z.enum(videoProviders).optional() })
      .default({ new: false }),
    answer: videoView,
    status: 201,
    secret: true,
  },
  'get-video': {
    about: 'The latest video link of the incident; 404 while nobody has asked for one.',
    params: incident,
    answer: videoView,
  },
  'list-video-credentials': {
    about:
      'For which providers of video links credentials are set, since when and by whom; never what they are.',
    answer: z.strictObject({ items: z.array(kept) }),
  },
  'set-video-credentials': {
    about:
      'Sets the credentials of a provider, in place of those that were there. They cannot be read again. zoom: accountId, ' +
      'clientId, clientSecret, userId; teams: tenantId, clientId, clientSecret, userId; meet: clientId, clientSecret, refreshToken.',
    params: credentials,
    body: z.record(z.string(), z.unknown()),
    answer: kept,
  },
  'remove-video-credentials': {
    about: 'Removes the credentials of a provider. They count no more at once.',
    params: credentials,
    answer: z.undefined(),
  },
} as const satisfies CapabilityApi;
