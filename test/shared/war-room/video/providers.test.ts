import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CredentialProvider,
  credentialProviders,
  defaultWarRoomSettings,
  jitsiCannot,
  jitsiLink,
  type MeetingPlan,
  tokenIn,
  vendors,
  videoCannot,
  videoCredentials,
  videoProviders,
} from '../../../../shared/war-room/index.ts';

const now = Date.parse('2026-11-24T10:00:00.000Z');
const plan = (settings: Partial<MeetingPlan['settings']> = {}): MeetingPlan => ({
  settings: { ...defaultWarRoomSettings, ...settings },
  topic: 'INC-12 Checkout is down',
  now,
});
const zoom = videoCredentials.zoom.parse({ accountId: 'acc', clientId: 'id', clientSecret: 'geheim' });
const teams = videoCredentials.teams.parse({
  ...{ tenantId: 'contoso', clientId: 'id', clientSecret: 'geheim' },
  userId: 'ann@contoso.com',
});
const meet = videoCredentials.meet.parse({ clientId: 'id', clientSecret: 'geheim', refreshToken: '1//r' });

describe('Jitsi', () => {
  const secret = (text: string) => `s${text.length}`;

  it('gives the same unguessable room for the same place', () => {
    const link = jitsiLink(defaultWarRoomSettings, ['org', 'inc', '1', '1'], secret);
    expect(link).toBe('https://meet.jit.si/incident-s21');
    expect(jitsiLink(defaultWarRoomSettings, ['org', 'inc', '1', '1'], secret)).toBe(link);
  });

  it('tells places apart wherever their parts are cut', () => {
    const seen: string[] = [];
    for (const place of [['ab', 'c'], ['a', 'bc'], ['abc']])
      jitsiLink(defaultWarRoomSettings, place, (text) => seen.push(text).toString());
    expect(new Set(seen).size).toBe(3);
  });

  it('says what a link cannot do, and what only the public server does', () => {
    expect(jitsiCannot({ ...defaultWarRoomSettings, autoRecording: true })).toEqual([
      'A Jitsi link cannot limit the meeting to 50 participants.',
      'A Jitsi link cannot end the meeting after 60 minutes; the room is open as long as somebody is in it.',
      'A Jitsi link cannot start a recording; somebody in the meeting has to.',
      'meet.jit.si lets nobody in before one person has signed in there.',
    ]);
    const own = { ...defaultWarRoomSettings, jitsiServer: 'https://video.example.com' };
    expect(jitsiCannot(own)).toHaveLength(2);
  });
});

describe('Zoom', () => {
  it('asks for a token of the account', () => {
    expect(vendors.zoom.tokenRequest(zoom)).toMatchObject({
      url: 'https://zoom.us/oauth/token',
      headers: {
        authorization: `Basic ${Buffer.from('id:geheim').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=account_credentials&account_id=acc',
    });
  });

  it('plans a meeting that anybody may begin, as long as configured, recorded if configured', () => {
    const { url, headers, body } = vendors.zoom.meetingRequest(
      zoom,
      'tok',
      plan({ sessionTimeout: 1_801, autoRecording: true }),
    );
    expect(url).toBe('https://api.zoom.us/v2/users/me/meetings');
    expect(headers.authorization).toBe('Bearer tok');
    expect(JSON.parse(body)).toEqual({
      topic: 'INC-12 Checkout is down',
      type: 2,
      start_time: '2026-11-24T10:00:00Z',
      duration: 31,
      settings: { join_before_host: true, jbh_time: 0, waiting_room: false, auto_recording: 'cloud' },
    });
    expect(JSON.parse(vendors.zoom.meetingRequest(zoom, 'tok', plan()).body)).toMatchObject({
      duration: 60,
      settings: { auto_recording: 'none' },
    });
  });

  it('reads the meeting, and keeps apart what gives the rights of the host', () => {
    const body = { join_url: 'https://zoom.us/j/1?pwd=a', start_url: 'https://zoom.us/s/1?zak=b' };
    expect(vendors.zoom.meetingIn({ status: 201, body: JSON.stringify(body) })).toEqual({
      url: 'https://zoom.us/j/1?pwd=a',
      hostUrl: 'https://zoom.us/s/1?zak=b',
    });
    expect(vendors.zoom.codeIn({ status: 400, body: '{"reason":"Bad id","error":"invalid_client"}' })).toBe(
      'invalid_client',
    );
    expect(vendors.zoom.codeIn({ status: 401, body: '{"code":124,"message":"Expired"}' })).toBe('124');
  });
});

describe('Microsoft Teams', () => {
  it('asks for a token of the tenant, and plans a meeting of the user', () => {
    const { url, body } = vendors.teams.tokenRequest(teams);
    expect(url).toBe('https://login.microsoftonline.com/contoso/oauth2/v2.0/token');
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'id',
      client_secret: 'geheim',
      scope: 'https://graph.microsoft.com/.default',
    });
    const meeting = vendors.teams.meetingRequest(teams, 'tok', plan({ autoRecording: true }));
    expect(meeting.url).toBe('https://graph.microsoft.com/v1.0/users/ann%40contoso.com/onlineMeetings');
    expect(JSON.parse(meeting.body)).toEqual({
      subject: 'INC-12 Checkout is down',
      startDateTime: '2026-11-24T10:00:00.000Z',
      endDateTime: '2026-11-24T11:00:00.000Z',
      recordAutomatically: true,
    });
  });

  it('reads the meeting and the code of a failure', () => {
    const joinWebUrl = 'https://teams.microsoft.com/l/meetup-join/1';
    expect(vendors.teams.meetingIn({ status: 201, body: JSON.stringify({ joinWebUrl }) })).toEqual({
      url: joinWebUrl,
    });
    const forbidden = { error: { code: 'Forbidden', message: 'No application access policy for ann' } };
    expect(vendors.teams.codeIn({ status: 403, body: JSON.stringify(forbidden) })).toBe('Forbidden');
  });
});

describe('Google Meet', () => {
  it('refreshes the token of the user, and makes a space', () => {
    const { url, body } = vendors.meet.tokenRequest(meet);
    expect(url).toBe('https://oauth2.googleapis.com/token');
    expect(new URLSearchParams(body).get('grant_type')).toBe('refresh_token');
    const space = vendors.meet.meetingRequest(meet, 'tok', plan());
    expect([space.url, space.body]).toEqual(['https://meet.googleapis.com/v2/spaces', '{}']);
    const recorded = vendors.meet.meetingRequest(meet, 'tok', plan({ autoRecording: true }));
    expect(JSON.parse(recorded.body)).toEqual({
      config: { artifactConfig: { recordingConfig: { autoRecordingGeneration: 'ON' } } },
    });
  });

  it('reads the space and the code of a failure', () => {
    const meetingUri = 'https://meet.google.com/abc-mnop-xyz';
    expect(vendors.meet.meetingIn({ status: 200, body: JSON.stringify({ meetingUri }) })).toEqual({
      url: meetingUri,
    });
    const denied = { error: { code: 403, status: 'PERMISSION_DENIED', message: 'no' } };
    expect(vendors.meet.codeIn({ status: 403, body: JSON.stringify(denied) })).toBe('PERMISSION_DENIED');
  });
});

describe('every provider', () => {
  it.each(videoProviders)('says in whole sentences what it cannot honour: %s', (provider) => {
    const said = videoCannot(provider, { ...defaultWarRoomSettings, maxParticipants: 77 });
    expect(said.join(' ')).toContain('77 participants');
    expect(said.join(' ')).toContain('60 minutes');
    for (const sentence of said) expect(sentence).toMatch(/^[A-Zm].*\.$/);
  });

  it.each(credentialProviders)(
    'takes nothing for a meeting that is none: %s',
    (provider: CredentialProvider) => {
      const { meetingIn, codeIn } = vendors[provider];
      fc.assert(
        fc.property(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
          expect(meetingIn({ status, body })).toBeUndefined();
          expect(codeIn({ status, body }) ?? '').toMatch(/^[\w.-]{0,60}$/);
          expect(tokenIn({ status, body })).toBeUndefined();
        }),
      );
      for (const url of [
        'javascript:alert(1)',
        'http://zoom.us/j/1',
        'https://a b',
        `https://a/${'x'.repeat(2_000)}`,
      ])
        for (const status of [200, 201])
          expect(
            meetingIn({ status, body: JSON.stringify({ join_url: url, joinWebUrl: url, meetingUri: url }) }),
          ).toBeUndefined();
    },
  );

  it('reads a token and how long it counts', () => {
    const body = JSON.stringify({ access_token: 't', token_type: 'bearer', expires_in: 3_599 });
    expect(tokenIn({ status: 200, body })).toEqual({ token: 't', lifetime: 3_599 });
    expect(tokenIn({ status: 200, body: '{"access_token":"t"}' })).toEqual({ token: 't', lifetime: 60 });
    expect(tokenIn({ status: 401, body })).toBeUndefined();
  });
});
