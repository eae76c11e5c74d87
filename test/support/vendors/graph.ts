import * as z from 'zod';
import { type Asked, formOf, jsonOf, startVendor, Tokens, type Told } from './vendor-server.ts';

/** The app registration that the fake Microsoft knows, and the user for whom a policy lets it make meetings. */
export const graphApp = {
  tenantId: 'contoso.example',
  clientId: 'graph-client',
  clientSecret: 'graph-canary-1',
  userId: '11111111-2222-4333-8444-555555555555',
} as const;

const Meeting = z.strictObject({
  subject: z.string().max(255).optional(),
  startDateTime: z.iso.datetime({ offset: true }).optional(),
  endDateTime: z.iso.datetime({ offset: true }).optional(),
  recordAutomatically: z.boolean().optional(),
  participants: z.looseObject({}).optional(),
});

/** What Microsoft Graph was asked to plan. */
export type GraphMeeting = z.infer<typeof Meeting>;

/** Starts a Microsoft that knows one app; `role` is the application permission that its tenant consented to. */
export async function startGraph(role = 'OnlineMeetings.ReadWrite.All') {
  const tokens = new Tokens();
  const meetings: GraphMeeting[] = [];
  const server = await startVendor((asked) => {
    if (/^\/[^/]+\/oauth2\/v2\.0\/token$/.test(asked.path)) return tokenFor(asked, tokens, role);
    const [, user] = /^\/v1\.0\/users\/([^/]+)\/onlineMeetings$/.exec(asked.path) ?? [];
    if (user !== undefined) return meetingFor(asked, decodeURIComponent(user), tokens, meetings);
    return refuse(404, 'ResourceNotFound', 'Invalid version');
  });
  const credentials = { ...graphApp, oauthUrl: server.origin, apiUrl: server.origin };
  return { ...server, credentials, meetings, withdraw: () => tokens.withdrawAll() };
}

function tokenFor(asked: Asked, tokens: Tokens, role: string): Told {
  const deny = (status: number, error: string, error_description: string): Told => ({
    status,
    body: { error, error_description, correlation_id: 'c' },
  });
  const { tenantId, clientId, clientSecret } = graphApp;
  const form = formOf(asked);
  if (asked.method !== 'POST' || form === undefined)
    return deny(400, 'invalid_request', "AADSTS900144: The request body must contain 'grant_type'.");
  if (decodeURIComponent(asked.path.split('/')[1] ?? '') !== tenantId)
    return deny(400, 'invalid_request', 'AADSTS90002: Tenant not found.');
  if (form.get('grant_type') !== 'client_credentials')
    return deny(400, 'unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.');
  if (form.get('client_id') !== clientId)
    return deny(400, 'unauthorized_client', 'AADSTS700016: Application was not found in the directory.');
  if (form.get('client_secret') !== clientSecret)
    return deny(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
  if (form.get('scope') !== 'https://graph.microsoft.com/.default')
    return deny(400, 'invalid_scope', 'AADSTS1002012: The provided value for scope is not valid.');
  const body = { access_token: tokens.give(role), token_type: 'Bearer', expires_in: 3_599 };
  return { status: 200, body };
}

function meetingFor(asked: Asked, user: string, tokens: Tokens, meetings: GraphMeeting[]): Told {
  const role = tokens.scopeOf(asked);
  if (role === undefined)
    return refuse(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.');
  if (role !== 'OnlineMeetings.ReadWrite.All')
    return refuse(403, 'Forbidden', 'Insufficient privileges to complete the operation.');
  if (user !== graphApp.userId)
    return refuse(403, 'Forbidden', 'No application access policy found for this app on the user.');
  const { success, data } = Meeting.safeParse(jsonOf(asked));
  if (asked.method !== 'POST' || !success) return refuse(400, 'BadRequest', 'Invalid request payload.');
  if (data.endDateTime && (!data.startDateTime || data.endDateTime < data.startDateTime))
    return refuse(400, 'BadRequest', 'InvalidStartDateTime');
  meetings.push(data);
  const joinWebUrl = `https://teams.microsoft.com/l/meetup-join/${meetings.length}`;
  return {
    status: 201,
    body: { id: `m${meetings.length}`, joinWebUrl, chatInfo: { threadId: 't' }, ...data },
  };
}

const refuse = (status: number, code: string, message: string): Told => ({
  status,
  body: { error: { code, message, innerError: { date: '2026-11-24T10:00:00' } } },
});
