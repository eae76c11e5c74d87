import { recordOf } from '../../kernel/index.ts';
import type { CredentialsOf } from './credentials.ts';
import { codeAmong, formRequest, jsonIn, jsonRequest, linkIn, minutesText, type Vendor } from './vendor.ts';

/**
 * Google Meet: a token from the refresh token of a user, since service accounts own no meetings, then a meeting space. Sources:
 * developers.google.com/identity/protocols/oauth2/web-server (refreshing), developers.google.com/workspace/meet/api/guides:
 * meeting-spaces-overview (`spaces.create`) and meeting-spaces-configuration (`artifactConfig.recordingConfig`).
 */
export const meet: Vendor<CredentialsOf<'meet'>> = {
  tokenRequest: ({ oauthUrl, clientId, clientSecret, refreshToken }) =>
    formRequest(`${oauthUrl}/token`, {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    }),
  // A space has no title; who may join without knocking stays what the user has chosen in Google Meet.
  meetingRequest: ({ apiUrl }, token, { settings: { autoRecording } }) =>
    jsonRequest(`${apiUrl}/v2/spaces`, token, {
      ...(autoRecording && {
        config: { artifactConfig: { recordingConfig: { autoRecordingGeneration: 'ON' } } },
      }),
    }),
  meetingIn({ status, body }) {
    const url = linkIn(jsonIn(body).meetingUri);
    return status === 200 && url !== undefined ? { url } : undefined;
  },
  codeIn({ body }) {
    const { error } = jsonIn(body);
    return codeAmong(error, recordOf(error).status, recordOf(error).code);
  },
  cannot: ({ maxParticipants, sessionTimeout, autoRecording }) => [
    `Google Meet cannot limit one meeting to ${maxParticipants} participants; the edition of its owner sets the limit.`,
    `Google Meet cannot end the meeting after ${minutesText(sessionTimeout)}; its spaces have no end.`,
    ...(autoRecording ? ['Google Meet begins to record only when somebody who may record joins.'] : []),
  ],
  whenRefused:
    'Check client id and client secret, and that the refresh token is of a user who agreed to the scope meetings.space.created and ' +
    'has not withdrawn it; while the consent screen is in testing, refresh tokens end after 7 days',
};
