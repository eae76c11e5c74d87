import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { demoPeople } from '../../infra/demo/configuration.ts';
import type { Fault } from '../../infra/local/proxy/fault.ts';
import { signInAs } from '../../infra/local/sign-in/sign-in-as.ts';
import type { RunView } from '../../shared/runbooks/index.ts';
import { startApp } from './app.ts';
import { type Heard, type RestClient, restClient } from './rest.ts';
import { synthesizeWith } from './synthesize-with.ts';
import { clusterToken, startKubernetes } from './vendors/kubernetes.ts';

/** Makes the worker of runs meet faults, by the operation that it calls. */
export interface Trouble {
  fault: ((operation: string) => Fault | undefined) | undefined;
}

/** What a service should never say: secrets, codes of a terminal, and 5 MB. */
const leaks = [
  ...['\u001b[31mAKIAIOSFODNN7EXAMPLE\u001b[0m', 'Authorization: Bearer canary-bearer-0123456789'],
  '-----BEGIN PRIVATE KEY-----\ncanary-key\n-----END PRIVATE KEY-----',
  'x'.repeat(5_000_000),
].join('\n');

/** A service with a health check, and how often that was asked. */
async function startService() {
  const health = { asked: 0 };
  const server = createServer((request, response) => {
    health.asked += 1;
    if (request.url === '/leaks') response.end(leaks);
    else response.writeHead(request.url === '/health' ? 200 : 404).end('{"ok":true}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { health, base, stop: () => server.close() };
}

/** The whole system beside a cluster and a service that it may reach, with somebody who can approve. */
export async function startRunbookStory() {
  const [cluster, service] = await Promise.all([startKubernetes(), startService()]);
  const folder = await mkdtemp(join(tmpdir(), 'runbooks-'));
  const allowedEndpoints = [service.base, cluster.origin];
  const named = {
    ...{ runbookFunctions: ['restart-*'], runbookDocuments: ['RestartCache'] },
    runbookClusters: ['eu-central-1/production'],
  };
  await synthesizeWith({ allowedEndpoints, ...named }, folder);
  const trouble: Trouble = { fault: undefined };
  const app = await startApp({
    assembly: folder,
    faults: ({ function: name, operation }) =>
      name.startsWith('Execute') ? trouble.fault?.(operation) : undefined,
  });
  const ask = restClient(app.addresses.api, app.addresses.token);
  const key = await ask('POST', '/api/keys', { body: { name: 'Second responder', role: 'responder' } });
  const [second] = demoPeople;
  const { idToken } = await signInAs(String(app.system.outputs.IssuerOutput), second?.email ?? '');
  await configure(ask, service.base);
  const stop = async () => {
    await app.stop();
    await cluster.stop();
    service.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    app,
    ask,
    other: idToken,
    key: String(key.body.secret),
    cluster,
    health: service.health,
    trouble,
    stop,
  };
}

async function configure(ask: RestClient, baseUrl: string): Promise<void> {
  const { headers, body } = await ask('GET', '/api/config');
  const configuration = { ...(body.configuration as object), runbooks: { baseUrl } };
  const put = { body: configuration, headers: { 'if-match': String(headers.etag) } };
  const { status, text } = await ask('PUT', '/api/config', put);
  if (status !== 200) throw new Error(text);
}

/** What a cluster is registered with. */
export const productionCluster = ({ origin, ca }: { readonly origin: string; readonly ca: string }) => ({
  ...{ endpoint: origin, ca, namespaces: ['default'] },
  verbs: ['get', 'logs', 'patch', 'rollout status', 'rollout restart'],
  auth: { kind: 'token', token: clusterToken },
});

export type RunbookStory = Awaited<ReturnType<typeof startRunbookStory>>;

/** A step of a story that runs by itself. */
export const step = (id: string, order: number, more: object) => ({
  id,
  title: `Step ${id}`,
  order,
  automatable: true,
  ...more,
});

/** What people do with runbooks in a story, which may not have begun yet. */
export function handsOn(story: () => RunbookStory) {
  const runOf = ({ body }: Heard) => body as unknown as RunView;
  const get = async (id: string) => runOf(await story().ask('GET', `/api/runs/${id}`));
  const say = (run: RunView, step: string, answer: string, token?: string) =>
    story().ask('POST', `/api/runs/${run.id}/steps/${step}`, {
      body: { answer },
      ...(token !== undefined && { token }),
    });
  const save = async (runbook: object) => {
    const saved = await story().ask('POST', '/api/runbooks', { body: runbook });
    expect(saved, saved.text).toMatchObject({ status: 201, body: { revision: 1 } });
  };
  const start = async (id: string, body: object = {}) => {
    const started = await story().ask('POST', `/api/runbooks/${id}/execute`, { body });
    expect(started, started.text).toMatchObject({ status: 201 });
    await story().app.system.idle();
    return get(runOf(started).id);
  };
  return { get, say, save, start };
}
