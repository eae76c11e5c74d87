import { toText } from '../../kernel/index.ts';
import type { CredentialsOf } from './credentials.ts';
import { codeAmong, formRequest, jsonIn, jsonRequest, linkIn, minutesText, type Vendor } from './vendor.ts';

/**
 * Zoom by a Server-to-Server OAuth app: a token by `account_credentials`, then a scheduled meeting, since an instant one knows no
 * duration. Sources: developers.zoom.us/docs/internal-apps/s2s-oauth, developers.zoom.us/docs/api/meetings (create a meeting).
 */
export const zoom: Vendor<CredentialsOf<'zoom'>> = {
  tokenRequest: ({ oauthUrl, accountId, clientId, clientSecret }) =>
    formRequest(
      `${oauthUrl}/oauth/token`,
      { grant_type: 'account_credentials', account_id: accountId },
      { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    ),
  meetingRequest({ apiUrl, userId }, token, { settings, topic, now }) {
    const { autoRecording, sessionTimeout } = settings;
    return jsonRequest(`${apiUrl}/v2/users/${encodeURIComponent(userId)}/meetings`, token, {
      topic,
      type: 2,
      start_time: toText(now).replace(/\.\d+Z$/, 'Z'),
      duration: Math.ceil(sessionTimeout / 60),
      settings: {
        join_before_host: true,
        jbh_time: 0,
        waiting_room: false,
        auto_recording: autoRecording ? 'cloud' : 'none',
      },
    });
  },
  meetingIn({ status, body }) {
    const { join_url, start_url } = jsonIn(body);
    const [url, hostUrl] = [linkIn(join_url), linkIn(start_url)];
    if (status !== 201 || url === undefined) return undefined;
    return { url, ...(hostUrl !== undefined && { hostUrl }) };
  },
  codeIn({ body }) {
    const { error, code } = jsonIn(body);
    return codeAmong(error, code);
  },
  cannot: ({ maxParticipants, sessionTimeout }) => [
    `Zoom cannot limit one meeting to ${maxParticipants} participants; the licence of its host sets the limit.`,
    `Zoom plans the meeting for ${minutesText(sessionTimeout)} and does not end it then.`,
  ],
  whenRefused:
    'Check account id, client id and client secret, that the app is activated, and that it has the scope meeting:write:meeting:admin',
};
