import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { apiClient } from '../../infra/demo/api-client.ts';
import { freePort } from '../../infra/local/ports.ts';
import type { FactView, IncidentView } from '../../shared/incidents/index.ts';
import type { PostmortemView } from '../../shared/postmortems/index.ts';
import { post } from '../support/app.ts';
import { familyOf, stillRunning } from '../support/child-processes.ts';
import { type LocalProcess, startProcess } from '../support/local-process.ts';

const local = (scheme: string) => z.string().regex(new RegExp(`^${scheme}://127\\.0\\.0\\.1:\\d+(/\\w+)*$`));
const webhook = (source: string) => z.string().regex(new RegExp(`/webhooks/${source}/[0-9a-f]{32}$`));

/** What .local/addresses.json promises to scripts. A change of it breaks them. */
const promised = z.strictObject({
  api: local('http'),
  alerts: local('https'),
  certificate: z.string().endsWith('/certificate.pem'),
  console: local('http'),
  status: local('http'),
  socket: local('ws'),
  inbox: local('http'),
  token: z.jwt(),
  organisation: z.string().regex(/^org_/),
  webhooks: z.strictObject({ alertmanager: webhook('alertmanager'), generic: webhook('generic') }),
  events: z.strictObject({
    pagerduty: z.strictObject({
      url: z.string().endsWith('/v2/enqueue'),
      routingKey: z.string().regex(/^[0-9a-f]{32}$/),
    }),
  }),
});

describe('npm start, as a person runs it', { timeout: 90_000 }, () => {
  let data: string;
  let port: number;
  let system: LocalProcess;
  const start = async (...more: readonly string[]) => {
    system = await startProcess(data, port, ...more);
  };
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'start-'));
    port = await freePort();
    await start();
  });
  afterAll(async () => {
    if (system.child.exitCode === null) await system.end('SIGINT');
    await rm(data, { recursive: true, force: true });
  });

  const incidents = async () => {
    const call = apiClient(system.addresses.api, system.addresses.token);
    return (await call('GET', '/api/incidents')).body.items as readonly IncidentView[];
  };
  const factsOf = async ({ id = '' }: Partial<IncidentView> = {}) => {
    const call = apiClient(system.addresses.api, system.addresses.token);
    return (await call('GET', `/api/incidents/${id}/facts`)).body.items as readonly FactView[];
  };
  const alert = () => ({ title: 'Checkout is slow', service: 'shop', severity: 'critical' });

  it('says where everything is and what to try, and ready when all of it answers', async () => {
    const { addresses, printed } = system;
    const { api, console: pages, status, socket, inbox, webhooks } = addresses;
    const text = printed.join('\n');
    for (const address of [api, pages, status, socket, inbox, webhooks.generic ?? ''])
      expect(text).toContain(address);
    expect(text).toMatch(/npm run simulate[\s\S]*curl -d /);
    expect(text).not.toContain(addresses.token);
    expect(printed.at(-1)).toBe('ready');
    expect(new URL(api).port).toBe(String(port));
    const answers = await Promise.all(
      [pages, status, inbox, `${api}/api/openapi.json`].map((url) => fetch(url)),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    // The console shows lines that work here, and `npm start` names the same file.
    const config = (await (await fetch(`${pages}/config.json`)).json()) as { certificateAuthority: string };
    expect(config.certificateAuthority).toBe(join(data, 'certificate.pem'));
    expect(text).toContain(`curl --cacert ${config.certificateAuthority}`);
  });

  it('writes addresses.json in exactly the promised shape', async () => {
    const { certificate } = promised.parse(JSON.parse(await readFile(join(data, 'addresses.json'), 'utf8')));
    expect(certificate).toBe(join(data, 'certificate.pem'));
  });

  it('mistakes of callers print nothing in its terminal, at no door', async () => {
    const { api, socket, webhooks, token } = system.addresses;
    const before = system.printed.length;
    const as = (bearer: string, method = 'GET', path = '/api/incidents') =>
      fetch(`${api}${path}`, { method, headers: { authorization: `Bearer ${bearer}` } });
    const answers = await Promise.all([
      fetch(`${api}/api/incidents`),
      as('nonsense'),
      as(`${token.slice(0, -4)}AAAA`),
      as('imk_unknown'),
      as(token, 'GET', '/api/incidents/inc_01ARZ3NDEKTSV4RRFFQ69G5FAV'),
      as(token, 'GET', '/nowhere'),
      post(`${webhooks.generic?.slice(0, -32)}${'0'.repeat(32)}`, alert()),
      fetch(webhooks.generic ?? '', { method: 'POST', body: '{' }),
      fetch(webhooks.generic ?? '', { method: 'POST', body: new Uint8Array(1024 * 1024 + 1) }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 404, 404, 403, 400, 413]);
    const [, refused] = await once(new WebSocket(`${socket}?ticket=nonsense`), 'unexpected-response');
    expect((refused as IncomingMessage).statusCode).toBe(401);
    expect(system.printed.slice(before)).toEqual([]);
  });

  it('npm run simulate plays an outage, and its incidents are those that one expects', async () => {
    const command = ['infra/demo/simulate.ts', '--data', data, '--speed', '2000'];
    const { stdout } = await promisify(execFile)(process.execPath, command);
    expect(stdout).toMatch(/^00:00 {2}Version 4\.2\.0[\s\S]*● INC-1 opened: triggered[\s\S]*Read the pages/);
    const all = await incidents();
    const inShort = all.map(({ service, severity, state, correlation }) => ({
      ...{ service, severity, state, rule: correlation?.rule },
    }));
    expect(inShort.toReversed()).toEqual([
      { service: 'checkout', severity: 'P1_CRITICAL', state: 'resolved', rule: 'by-service' },
      {
        ...{ service: 'payments-database', severity: 'P1_CRITICAL', state: 'resolved' },
        rule: 'database-connections',
      },
      { service: 'search', severity: 'P3_MEDIUM', state: 'resolved', rule: 'by-service' },
    ]);
    const [raised, ...others] = (await factsOf(all.find(({ service }) => service === 'checkout'))).filter(
      ({ type }) => type === 'incident.severity-changed',
    );
    expect(raised?.data).toMatchObject({ from: 'P3_MEDIUM', to: 'P1_CRITICAL' });
    expect(others).toEqual([]);
  });

  it('at its end there is a post-mortem with the deployment as confirmed cause, also as PDF, and nobody wrote a word of it', async () => {
    const { api, token } = system.addresses;
    const { items } = (await apiClient(api, token)('GET', '/api/postmortems')).body;
    const [{ id = '' } = {}] = items as readonly { readonly id?: string }[];
    const read = (path: string) =>
      fetch(`${api}/api/postmortems/${id}${path}`, { headers: { authorization: `Bearer ${token}` } });
    const whole = (await (await read('')).json()) as PostmortemView;
    expect(whole.sections.filter(({ written }) => written !== undefined)).toEqual([]);
    expect(whole.rootCause.verdict).toBe('CONFIRMED');
    expect(whole.rootCause.hypotheses[0]?.title).toContain('Checkout 4.2.0');
    const pdf = await read('/pdf');
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    if (process.env.SHOTS !== undefined) await writeFile(join(process.env.SHOTS, 'simulated.pdf'), bytes);
  });

  it('Ctrl-C ends it and leaves no process, and the next start knows everything again', async () => {
    const { addresses, child } = system;
    const before = await incidents();
    const family = familyOf(child.pid ?? 0);
    expect(family.length).toBeGreaterThan(1);
    // A second and less; on a busy machine a few. What waited for a connection or a timer would take far longer.
    expect(await system.end('SIGINT')).toBeLessThan(10_000);
    expect(child.exitCode).toBe(0);
    expect(stillRunning(family)).toEqual([]);
    await start();
    expect(system.addresses).toMatchObject({
      ...{ organisation: addresses.organisation, api: addresses.api },
      ...{ webhooks: addresses.webhooks, events: addresses.events },
    });
    expect(await incidents()).toEqual(before);
    expect((await post(addresses.webhooks.generic ?? '', alert())).status).toBe(202);
    await expect.poll(async () => (await incidents()).length, { timeout: 15_000 }).toBe(before.length + 1);
  });

  it('another port finds the same organisation, its incidents and its keys', async () => {
    const { addresses } = system;
    // One of them is open, and its pages go on.
    const ids = async () => (await incidents()).map(({ id }) => id);
    const before = await ids();
    await system.end('SIGINT');
    port = await freePort();
    await start();
    const { api, organisation, webhooks, events } = system.addresses;
    expect(new URL(api).port).toBe(String(port));
    expect([organisation, events.pagerduty.routingKey]).toEqual([
      addresses.organisation,
      addresses.events.pagerduty.routingKey,
    ]);
    expect(await ids()).toEqual(before);
    expect(webhooks.generic).toBe(addresses.webhooks.generic?.replace(addresses.api, api));
    expect((await post(webhooks.generic ?? '', alert())).status).toBe(202);
  });

  it('--fresh forgets everything, also the keys', async () => {
    const { addresses } = system;
    await system.end('SIGINT');
    await start('--fresh');
    expect(await incidents()).toEqual([]);
    expect((await post(addresses.webhooks.generic ?? '', alert())).status).toBe(403);
    expect((await post(system.addresses.webhooks.generic ?? '', alert())).status).toBe(202);
  });
});
