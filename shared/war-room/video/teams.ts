import { recordOf, SECOND, toText } from '../../kernel/index.ts';
import type { CredentialsOf } from './credentials.ts';
import { codeAmong, formRequest, jsonIn, jsonRequest, linkIn, minutesText, type Vendor } from './vendor.ts';

/**
 * Microsoft Teams by Microsoft Graph: a token by `client_credentials`, then an online meeting of one user, which no calendar shows.
 * Sources: learn.microsoft.com/graph/auth-v2-service, learn.microsoft.com/graph/api/application-post-onlinemeetings and
 * learn.microsoft.com/graph/api/resources/onlinemeeting (`recordAutomatically`).
 */
export const teams: Vendor<CredentialsOf<'teams'>> = {
  tokenRequest: ({ oauthUrl, tenantId, clientId, clientSecret }) =>
    formRequest(`${oauthUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  meetingRequest: ({ apiUrl, userId }, token, { settings, topic, now }) =>
    jsonRequest(`${apiUrl}/v1.0/users/${encodeURIComponent(userId)}/onlineMeetings`, token, {
      subject: topic,
      startDateTime: toText(now),
      endDateTime: toText(now + settings.sessionTimeout * SECOND),
      recordAutomatically: settings.autoRecording,
    }),
  meetingIn({ status, body }) {
    const url = linkIn(jsonIn(body).joinWebUrl);
    return status === 201 && url !== undefined ? { url } : undefined;
  },
  codeIn({ body }) {
    const { error } = jsonIn(body);
    return codeAmong(error, recordOf(error).code);
  },
  cannot: ({ maxParticipants, sessionTimeout }) => [
    `Microsoft Teams cannot limit one meeting to ${maxParticipants} participants; the tenant's licence sets the limit.`,
    `Microsoft Teams plans the meeting for ${minutesText(sessionTimeout)} and does not end it then.`,
  ],
  whenRefused:
    'Check tenant id, client id and client secret, that an administrator consented to OnlineMeetings.ReadWrite.All, and that an ' +
    'application access policy lets the app make meetings for the user',
};
