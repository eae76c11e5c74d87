import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { type Heard, type RestClient, restClient } from '../support/rest.ts';
import { synthesizeWith } from '../support/synthesize-with.ts';
import { startGraph } from '../support/vendors/graph.ts';
import { startMeet } from '../support/vendors/meet.ts';
import { startZoom } from '../support/vendors/zoom.ts';

const quiet = { severity: 'P5_INFO' } as const;
const MINUTE = 60_000;

describe('one click gives a video link', { timeout: 90_000 }, () => {
  let app: App;
  let ask: RestClient;
  let folder: string;
  let vendors: {
    zoom: Awaited<ReturnType<typeof startZoom>>;
    teams: Awaited<ReturnType<typeof startGraph>>;
    meet: Awaited<ReturnType<typeof startMeet>>;
  };
  beforeAll(async () => {
    const [zoom, teams, meet] = await Promise.all([startZoom(), startGraph(), startMeet()]);
    vendors = { zoom, teams, meet };
    folder = await mkdtemp(join(tmpdir(), 'video-'));
    // The vendors of this story are private endpoints, which whoever deploys has to allow.
    const allowedEndpoints = [zoom, teams, meet].map(({ origin }) => origin);
    await synthesizeWith({ allowedEndpoints }, folder);
    app = await startApp({ assembly: folder });
    ask = restClient(app.addresses.api, app.addresses.token);
  }, 90_000);
  afterAll(async () => {
    await app.stop();
    await Promise.all(Object.values(vendors).map((vendor) => vendor.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  const declare = async (): Promise<string> => {
    const { body } = await ask('POST', '/api/incidents', { body: { title: 'Checkout is down', ...quiet } });
    return String(body.id);
  };
  const video = (id: string, body?: object) => ask('POST', `/api/incidents/${id}/video`, { body });
  const configure = async (warRoom: object) => {
    const { headers, body } = await ask('GET', '/api/config');
    const configuration = { ...(body.configuration as object), warRoom };
    const put = { body: configuration, headers: { 'if-match': String(headers.etag) } };
    expect(await ask('PUT', '/api/config', put)).toMatchObject({ status: 200 });
  };
  const setCredentials = (provider: string, body: object): Promise<Heard> =>
    ask('PUT', `/api/war-room/video-credentials/${provider}`, { body });
  const started = async (id: string) =>
    (await app.facts(id)).filter(({ type }) => type === 'room.video-started');

  it('of Jitsi without any credentials, the same again until a new one is wanted', async () => {
    const id = await declare();
    expect(await ask('GET', `/api/incidents/${id}/video`)).toMatchObject({ status: 404 });
    const first = await video(id);
    expect(first).toMatchObject({
      status: 201,
      body: {
        provider: 'jitsi',
        url: expect.stringMatching(/^https:\/\/meet\.jit\.si\/incident-[0-9a-f]{40}$/),
      },
    });
    expect(first.body.cannot).toContain('A Jitsi link cannot limit the meeting to 50 participants.');
    expect(await video(id)).toMatchObject({ status: 200, body: first.body });
    expect(await ask('GET', `/api/incidents/${id}/video`)).toMatchObject({ status: 200, body: first.body });
    const other = await video(id, { new: true });
    expect(other.status).toBe(201);
    expect(other.body.url).not.toBe(first.body.url);
    expect((await started(id)).map(({ data }) => data.url)).toEqual([first.body.url, other.body.url]);
  });

  it('to everybody the same one when two ask at once', async () => {
    const id = await declare();
    const answers = await Promise.all(Array.from({ length: 4 }, () => video(id)));
    expect(new Set(answers.map(({ body }) => body.url)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await started(id)).toHaveLength(1);
  });

  it('another one after an incident was reopened, and of a server of one’s own', async () => {
    const id = await declare();
    const before = await video(id);
    for (const state of ['resolved', 'triggered'])
      expect(await ask('PATCH', `/api/incidents/${id}`, { body: { state } })).toMatchObject({ status: 200 });
    expect(await ask('GET', `/api/incidents/${id}/video`)).toMatchObject({ status: 404 });
    await configure({ jitsiServer: 'https://video.example.com' });
    const after = await video(id);
    expect(after.body.url).toMatch(/^https:\/\/video\.example\.com\/incident-/);
    expect(after.body.url).not.toContain(String(before.body.url).split('/').at(-1));
  });

  it.each([
    ['zoom', /^https:\/\/zoom\.us\/j\//],
    ['teams', /^https:\/\/teams\.microsoft\.com\//],
    ['meet', /^https:\/\/meet\.google\.com\//],
  ] as const)('of %s by its API once an administrator has set credentials', async (provider, url) => {
    const id = await declare();
    await configure({ videoIntegration: provider, autoRecording: true, sessionTimeout: 7_200 });
    expect(await video(id)).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    const vendor = vendors[provider];
    const set = await setCredentials(provider, vendor.credentials);
    expect(set).toMatchObject({ status: 200, body: { provider } });
    const { items } = (await ask('GET', '/api/war-room/video-credentials')).body;
    expect(items).toContainEqual(set.body);
    const made = await video(id);
    expect(made).toMatchObject({ status: 201, body: { provider, url: expect.stringMatching(url) } });
    expect((made.body.cannot as string[]).join(' ')).toMatch(/participants.*120 minutes/);
    expect(JSON.stringify(vendor.meetings)).toMatch(
      /"auto_recording":"cloud"|"recordAutomatically":true|"autoRecordingGeneration":"ON"/,
    );
    expect(await video(id)).toMatchObject({ status: 200, body: { url: made.body.url } });
    expect(vendor.meetings).toHaveLength(1);
  });

  it('with the rights of the host only to whoever asked, and they are kept nowhere', async () => {
    const id = await declare();
    await configure({ videoIntegration: 'zoom' });
    expect((await video(id)).body.hostUrl).toContain('host-canary-1');
    for (const path of ['video', 'facts'])
      expect((await ask('GET', `/api/incidents/${id}/${path}`)).text).not.toContain('host-canary-1');
    expect((await video(id)).text).not.toContain('host-canary-1');
  });

  it('with a token of the vendor that is renewed when it has run out or was withdrawn', async () => {
    await configure({ videoIntegration: 'zoom' });
    const tokens = () => vendors.zoom.asked.filter((one) => one === 'POST /oauth/token').length;
    const before = tokens();
    expect((await video(await declare())).status).toBe(201);
    expect(tokens()).toBe(before);
    vendors.zoom.withdraw();
    expect((await video(await declare())).status).toBe(201);
    expect(tokens()).toBe(before + 1);
    await app.system.clock.fastForward(60 * MINUTE);
    expect((await video(await declare())).status).toBe(201);
    expect(tokens()).toBe(before + 2);
  });

  it('[F38] after a pause, when the vendor says so; and a clear answer when it gives none', async () => {
    await configure({ videoIntegration: 'zoom' });
    vendors.zoom.next({ status: 429, headers: { 'retry-after': '1' }, body: { code: 429, message: 'slow' } });
    expect((await video(await declare())).status).toBe(201);
    const id = await declare();
    vendors.zoom.next({
      status: 429,
      headers: { 'retry-after': '60' },
      body: { code: 429, message: 'slow' },
    });
    const limited = await video(id);
    expect(limited).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
    expect(limited.text).toMatch(/answered 429.*try again later.*Jitsi works without credentials/);
    vendors.zoom.next('break', 'break', 'break');
    expect((await video(id)).text).toMatch(/Zoom gave no link: it could not be reached.*Jitsi/);
    expect(await started(id)).toEqual([]);
    expect(await video(id, { provider: 'jitsi' })).toMatchObject({
      status: 201,
      body: { provider: 'jitsi' },
    });
  });

  it('not with wrong credentials, not to an address that is not allowed, and not after they were removed', async () => {
    await configure({ videoIntegration: 'meet' });
    const { credentials } = vendors.meet;
    await setCredentials('meet', { ...credentials, refreshToken: '1//other-canary-3' });
    const refused = await video(await declare());
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
    expect(refused.text).toMatch(/Google Meet gave no link: it answered 400 \(invalid_grant\)/);
    await setCredentials('meet', { ...credentials, apiUrl: 'https://169.254.169.254' });
    expect((await video(await declare())).text).toContain('leads to a private network');
    const remove = () => ask('DELETE', '/api/war-room/video-credentials/meet');
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await video(await declare())).status).toBe(409);
  });

  it('[F66] whose credentials are in no answer, no log and no row: only in Parameter Store', async () => {
    const wrong = await setCredentials('zoom', {
      ...vendors.zoom.credentials,
      clientSecret: 'canary with space',
    });
    expect(wrong).toMatchObject({ status: 400, body: { error: { param: 'body.clientSecret' } } });
    expect(wrong.text).not.toContain('canary');
    expect((await ask('GET', '/api/war-room/video-credentials')).text).not.toContain('canary');
    const logs = join(app.system.data, 'logs');
    const texts = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')));
    expect(texts.join('')).not.toMatch(/canary-\d/);
    const file = join(app.system.data, 'parameters.json');
    expect(await readFile(file, 'utf8')).toContain('zoom-canary-1');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('[F57] to whoever may write in the room; credentials only from an administrator', async () => {
    const id = await declare();
    const keyOf = async (role: string) =>
      String((await ask('POST', '/api/keys', { body: { name: role, role } })).body.secret);
    const [viewer, manager] = [await keyOf('viewer'), await keyOf('manager')];
    expect((await ask('POST', `/api/incidents/${id}/video`, { token: viewer })).status).toBe(403);
    const path = '/api/war-room/video-credentials/zoom';
    const said = { body: vendors.zoom.credentials, token: manager };
    expect((await ask('PUT', path, said)).status).toBe(403);
    expect((await ask('DELETE', path, { token: manager })).status).toBe(403);
    expect((await ask('PUT', '/api/war-room/video-credentials/skype', { body: {} })).status).toBe(400);
  });

  it('[F56] not of an incident of another organisation', async () => {
    const foreign = 'inc_01J0000000ABCDEFGHJKMNPQRS';
    expect((await video(foreign)).status).toBe(404);
    expect((await ask('GET', `/api/incidents/${foreign}/video`)).status).toBe(404);
  });
});
