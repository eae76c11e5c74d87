import * as z from 'zod';
import { type Asked, formOf, jsonOf, startVendor, Tokens, type Told } from './vendor-server.ts';

/** The OAuth client that the fake Google knows, and the token of the user who agreed. */
export const meetApp = {
  clientId: 'meet-client.apps.example',
  clientSecret: 'meet-canary-1',
  refreshToken: '1//meet-canary-2',
} as const;

// Google refuses fields that it does not know.
const Space = z.strictObject({
  config: z
    .strictObject({
      accessType: z.enum(['OPEN', 'TRUSTED', 'RESTRICTED']).optional(),
      entryPointAccess: z.enum(['ALL', 'CREATOR_APP_ONLY']).optional(),
      artifactConfig: z
        .strictObject({
          recordingConfig: z.strictObject({ autoRecordingGeneration: z.enum(['ON', 'OFF']) }),
        })
        .optional(),
    })
    .optional(),
});

/** What Google Meet was asked to make. */
export type MeetSpace = z.infer<typeof Space>;

/** Starts a Google that knows one client and one user; `scope` is what the user agreed to. */
export async function startMeet(scope = 'https://www.googleapis.com/auth/meetings.space.created') {
  const tokens = new Tokens();
  const meetings: MeetSpace[] = [];
  const server = await startVendor((asked) => {
    if (asked.path === '/token') return tokenFor(asked, tokens, scope);
    if (asked.path === '/v2/spaces') return spaceFor(asked, tokens, meetings);
    return refuse(404, 'NOT_FOUND', 'Method not found.');
  });
  const credentials = { ...meetApp, oauthUrl: server.origin, apiUrl: server.origin };
  return { ...server, credentials, meetings, withdraw: () => tokens.withdrawAll() };
}

function tokenFor(asked: Asked, tokens: Tokens, scope: string): Told {
  const deny = (status: number, error: string, error_description: string): Told => ({
    status,
    body: { error, error_description },
  });
  const form = formOf(asked);
  if (asked.method !== 'POST' || form === undefined)
    return deny(400, 'invalid_request', 'Missing required parameter: grant_type');
  if (form.get('grant_type') !== 'refresh_token')
    return deny(400, 'unsupported_grant_type', 'Invalid grant_type');
  if (form.get('client_id') !== meetApp.clientId || form.get('client_secret') !== meetApp.clientSecret)
    return deny(401, 'invalid_client', 'The OAuth client was not found.');
  if (form.get('refresh_token') !== meetApp.refreshToken)
    return deny(400, 'invalid_grant', 'Token has been expired or revoked.');
  const body = { access_token: tokens.give(scope), token_type: 'Bearer', expires_in: 3_599, scope };
  return { status: 200, body };
}

function spaceFor(asked: Asked, tokens: Tokens, meetings: MeetSpace[]): Told {
  const scope = tokens.scopeOf(asked);
  if (scope === undefined)
    return refuse(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
  if (!scope.endsWith('/auth/meetings.space.created'))
    return refuse(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.');
  const { success, data } = Space.safeParse(jsonOf(asked));
  if (asked.method !== 'POST' || !success)
    return refuse(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unknown name.');
  meetings.push(data);
  const meetingCode = `abc-mnop-xy${meetings.length}`;
  const meetingUri = `https://meet.google.com/${meetingCode}`;
  return { status: 200, body: { name: 'spaces/jQ', meetingUri, meetingCode, config: data.config ?? {} } };
}

const refuse = (code: number, status: string, message: string): Told => ({
  status: code,
  body: { error: { code, message, status } },
});
