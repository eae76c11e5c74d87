import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { performKubectl } from '../../../functions/runbooks/perform-kubectl.ts';
import { idOf } from '../../../shared/kernel/index.ts';
import { type Cluster, isRefused, kubectlOf, type Run } from '../../../shared/runbooks/index.ts';
import { shellWords } from '../../../shared/runbooks/shell-words.ts';
import { env } from '../../../shared/wiring/index.ts';

let server: Server;
let origin = '';
/** What the API of the cluster answers; undefined when the connection breaks. */
let status: number | undefined;
let requests = 0;

beforeAll(async () => {
  server = createServer((asked, answer) => {
    requests += 1;
    if (status === undefined) return void asked.socket.destroy();
    answer.writeHead(status).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv(env.allowedEndpoints, origin);
  vi.stubEnv(env.runbookClusters, 'eu-central-1/production');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'canary');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'canary');
});
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
});

/** What becomes of a command while the API answers so. */
async function carriedOut(line: string, token?: string, name = 'production') {
  const words = shellWords(line);
  const call = isRefused(words) ? words : kubectlOf(words.value);
  if (isRefused(call)) throw new Error(call.refused);
  const cluster: Cluster = {
    ...{ name: 'production', endpoint: origin, verbs: [], namespaces: ['*'], privateEndpoint: false },
    ...{
      auth: { kind: 'eks', cluster: name, region: 'eu-central-1' },
      updatedAt: 0,
      updatedBy: 'ada',
    },
  };
  const run = { org: idOf('organisation', 0, 'kubectl') } as Run;
  return performKubectl({ call: call.value, cluster }, { run, until: Date.now() + 3_000, token });
}

describe('a look at a rollout that cannot be seen now', () => {
  const line = 'kubectl rollout status deployment/api';

  it.each([undefined, 429, 500, 503])('is no word about the rollout: %s', async (answered) => {
    status = answered;
    expect(await carriedOut(line, 'rollout')).toMatchObject({ is: 'unknown', reason: expect.any(String) });
  });

  it.each([403, 404])('fails by a clear answer: %s', async (answered) => {
    status = answered;
    expect(await carriedOut(line, 'rollout')).toMatchObject({ is: 'failed' });
  });
});

describe('a cluster that the deployment does not name', () => {
  it('gets no token of our role', async () => {
    status = 200;
    requests = 0;
    expect(await carriedOut('kubectl get pods', undefined, 'staging')).toMatchObject({
      ...{ is: 'failed', reason: expect.stringContaining('runbookClusters') },
    });
    expect(requests).toBe(0);
  });
});

describe('a command that cannot be sent', () => {
  it('fails where it only reads, and is unknown where it may have changed something', async () => {
    status = undefined;
    expect(await carriedOut('kubectl get pods')).toMatchObject({ is: 'failed' });
    expect(await carriedOut('kubectl rollout restart deployment/api')).toMatchObject({ is: 'unknown' });
  });
});
