import * as z from 'zod';
import { type Asked, formOf, jsonOf, startVendor, Tokens, type Told } from './vendor-server.ts';

/** The app that the fake Zoom knows. */
export const zoomApp = {
  accountId: 'acc-1',
  clientId: 'zoom-client',
  clientSecret: 'zoom-canary-1',
} as const;

// Zoom ignores fields that it does not know; what it knows has to be right.
const Meeting = z.looseObject({
  topic: z.string().max(200),
  type: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(8)]),
  start_time: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/)
    .optional(),
  duration: z.int().positive().optional(),
  settings: z
    .looseObject({
      join_before_host: z.boolean(),
      jbh_time: z.union([z.literal(0), z.literal(5), z.literal(10), z.literal(15)]),
      waiting_room: z.boolean(),
      auto_recording: z.enum(['local', 'cloud', 'none']),
    })
    .partial(),
});

/** What Zoom was asked to plan. */
export type ZoomMeeting = z.infer<typeof Meeting>;

/** Starts a Zoom that knows one app; `scope` is what the app may. */
export async function startZoom(scope = 'meeting:write:meeting:admin') {
  const tokens = new Tokens();
  const meetings: ZoomMeeting[] = [];
  const server = await startVendor((asked) => {
    if (asked.path === '/oauth/token') return tokenFor(asked, tokens, scope);
    if (/^\/v2\/users\/[^/]+\/meetings$/.test(asked.path)) return meetingFor(asked, tokens, meetings);
    return { status: 404, body: { code: 404, message: 'Not found' } };
  });
  const credentials = { ...zoomApp, oauthUrl: server.origin, apiUrl: server.origin };
  return { ...server, credentials, meetings, withdraw: () => tokens.withdrawAll() };
}

function tokenFor(asked: Asked, tokens: Tokens, scope: string): Told {
  const refuse = (status: number, error: string, reason: string): Told => ({
    status,
    body: { reason, error },
  });
  const { accountId, clientId, clientSecret } = zoomApp;
  if (asked.method !== 'POST') return refuse(405, 'method_not_allowed', 'Method not allowed');
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  if (asked.headers.authorization !== basic)
    return refuse(400, 'invalid_client', 'Invalid client_id or client_secret');
  const field = (name: string) => formOf(asked)?.get(name) ?? asked.query.get(name);
  if (field('grant_type') !== 'account_credentials')
    return refuse(400, 'unsupported_grant_type', 'unsupported grant type');
  if (field('account_id') !== accountId) return refuse(400, 'invalid_request', 'Bad Request');
  const access_token = tokens.give(scope);
  return { status: 200, body: { access_token, token_type: 'bearer', expires_in: 3_599, scope } };
}

function meetingFor(asked: Asked, tokens: Tokens, meetings: ZoomMeeting[]): Told {
  const refuse = (status: number, code: number, message: string): Told => ({
    status,
    body: { code, message },
  });
  if (asked.method !== 'POST') return refuse(405, 405, 'Method not allowed');
  const scope = tokens.scopeOf(asked);
  if (scope === undefined) return refuse(401, 124, 'Invalid access token.');
  if (!/^meeting:write(:meeting)?(:admin)?$/.test(scope))
    return refuse(400, 4_711, 'Invalid access token, does not contain scopes:[meeting:write:meeting:admin].');
  const { success, data } = Meeting.safeParse(jsonOf(asked));
  if (!success) return refuse(400, 300, 'Validation Failed.');
  meetings.push(data);
  const id = 80_000_000_000 + meetings.length;
  const join_url = `https://zoom.us/j/${id}?pwd=join`;
  const start_url = `https://zoom.us/s/${id}?zak=host-canary-1`;
  return { status: 201, body: { id, join_url, start_url, password: 'join', ...data } };
}
