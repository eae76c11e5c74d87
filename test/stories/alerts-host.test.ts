import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callLine } from '../../frontend/alerts/heartbeats/call-lines.ts';
import { setups } from '../../frontend/alerts/setups/index.ts';
import { trusting } from '../../frontend/alerts/trusting.ts';
import { parseConfig } from '../../frontend/session/config.ts';
import { tellCertificate } from '../../infra/demo/tell-certificate.ts';
import { certificateFile } from '../../infra/local/gateway/certificate.ts';
import { type App, startApp } from '../support/app.ts';

const run = promisify(execFile);
/** What people here would type; most machines have it. */
const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** A sender that knows a host and a certificate, and puts the paths of its product behind the host. */
function sender(host: string, ca: string) {
  return (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    new Promise<{ readonly status: number; readonly body: Record<string, unknown> }>((resolve, reject) => {
      const sent = request(`${host}${path}`, { method: 'POST', ca, headers, agent: false }, (answer) => {
        let text = '';
        answer.on('data', (part) => {
          text += part;
        });
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
      });
      sent.once('error', reject);
      sent.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
}

describe('the host that senders are set up with', { timeout: 90_000 }, () => {
  let app: App;
  let post: ReturnType<typeof sender>;
  beforeAll(async () => {
    app = await startApp();
    const ca = readFileSync(join(app.system.data, certificateFile), 'utf8');
    post = sender(app.system.outputs.AlertsOutput ?? '', ca);
  });
  afterAll(() => app.stop());

  const made = async (source: string) =>
    (await app.call('POST', '/api/integrations', { name: 'Story', source })).body as {
      readonly url: string;
      readonly routingKey?: string;
    };

  it('is https, and takes an event of a PagerDuty client at its root, which becomes an incident', async () => {
    const { url, routingKey } = await made('pagerduty-events');
    expect(url).toBe(`${app.system.outputs.AlertsOutput}/v2/enqueue`);
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/v2\/enqueue$/);
    const event = {
      ...{ routing_key: routingKey, event_action: 'trigger', dedup_key: 'disk-7' },
      payload: { summary: 'Disk of ledger is full', source: 'ledger-7', severity: 'critical' },
    };
    const answer = await post('/v2/enqueue', event, { 'content-type': 'application/json' });
    expect(answer).toEqual({
      status: 202,
      body: { status: 'success', message: 'Event processed', dedup_key: 'disk-7' },
    });
    await app.system.idle();
    const [incident] = await app.incidents();
    expect(incident).toMatchObject({ title: 'Disk of ledger is full', severity: 'P1_CRITICAL' });
  });

  it('says in one and the same way that there is nothing at a path, whether the gateway knows that or only a function', async () => {
    const paths = ['/nothing', '/v2/nothing', '/generic/x'];
    const nothing = { code: 'not_found', message: expect.stringContaining('There is nothing at this path.') };
    for (const path of paths)
      expect(await post(path, {}), path).toEqual({
        status: 404,
        body: { error: { ...nothing, requestId: expect.any(String) } },
      });
    // Opsgenie's clients ask there, and are told in their words.
    expect(await post('/v2/heartbeats/a/b/c', {})).toEqual({
      status: 404,
      body: { ...{ message: nothing.message, took: expect.any(Number) }, requestId: expect.any(String) },
    });
    // Behind the authorizer, whoever does not say who they are is not told what is there.
    for (const path of ['/api/runs/a/b/c', '/api/nothing', '/api/v2/x/y'])
      expect((await post(path, {})).status, path).toBe(401);
  });

  it.skipIf(!hasCurl)('takes what the console shows to try it with, as it stands', async () => {
    await tellCertificate(app.system);
    const answer = await fetch(`${app.addresses.console}/config.json`);
    const { certificateAuthority } = parseConfig(await answer.json());
    const heartbeat = await app.call('POST', '/api/heartbeats', { name: 'Story', intervalMinutes: 5 });
    const { url: beat } = heartbeat.body as { readonly url: string };
    for (const line of [setups.generic.trial(await made('generic')), callLine(beat)]) {
      await expect(run('sh', ['-c', line])).rejects.toThrow(/certificate/i);
      await run('sh', ['-c', trusting(line, certificateAuthority)]);
    }
    for (const asked of [beat, `${new URL(beat).origin}/-/healthy`])
      await run('curl', ['-fsSI', '--cacert', certificateAuthority ?? '', asked]);
    await app.system.idle();
    expect((await app.incidents()).map(({ title }) => title)).toContain('Trial');
    expect((await app.call('GET', '/api/heartbeats')).body).toMatchObject({ items: [{ state: 'alive' }] });
  });

  it('takes the webhooks of every other source under the address that their integration is shown', async () => {
    const { url } = await made('generic');
    const { origin, pathname } = new URL(url);
    expect(origin).toBe(app.system.outputs.AlertsOutput);
    const alert = { title: 'Queue of invoices grows', service: 'invoices', severity: 'P2' };
    expect(await post(pathname, alert)).toMatchObject({ status: 202, body: { signals: 1 } });
    await app.system.idle();
    expect(await app.incidents('?service=invoices')).toHaveLength(1);
  });

  it('answers a wrong key, a wrong path and a body that is no JSON as the API behind it does', async () => {
    expect((await post('/v2/enqueue', { routing_key: '0'.repeat(32) })).status).toBe(403);
    expect((await post('/v2/enqueue', '{')).body).toMatchObject({ status: 'Unrecognized object' });
    expect((await post('/nowhere', {})).status).toBe(404);
  });
});
