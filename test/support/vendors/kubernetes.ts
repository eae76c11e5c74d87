import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerTo, type Denied, deploymentNamed, type KubeState, type KubeTold } from './kubernetes-api.ts';

const file = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/cluster', name), 'utf8');

/** The token of the service account that the fake cluster knows. */
export const clusterToken = 'cluster-canary-token-0123456789';

/**
 * Starts a cluster that is as strict as a real one: TLS by its own authority, a bearer token, paths, media types and bodies as its
 * API takes them; every fault is a Status object.
 */
export async function startKubernetes() {
  const state: KubeState = {
    deployments: new Map([['api-service', deploymentNamed('api-service')]]),
    unschedulable: new Set(),
  };
  const asked: string[] = [];
  const planned: (KubeTold | 'hang')[] = [];
  const server = createServer(
    { key: file('server-key.pem'), cert: file('server.pem') },
    (request, response) => {
      void bodyOf(request).then((body) => {
        const { method = '', url = '', headers } = request;
        asked.push(`${method} ${url.split('?')[0]}`);
        const denied = denial(headers.authorization);
        const told = denied ?? planned.shift() ?? answerTo({ method, url, headers, body }, state);
        if (told === 'hang') return;
        response.writeHead(told.status, { 'content-type': told.type ?? 'application/json' });
        response.end(typeof told.body === 'string' ? told.body : JSON.stringify(told.body));
      });
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: file('ca.pem'),
    /** Method and path of every request since the start. */
    asked,
    state,
    next: (...answers: readonly (KubeTold | 'hang')[]) => planned.push(...answers),
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function denial(authorization: string | undefined): Denied | undefined {
  if (authorization === `Bearer ${clusterToken}`) return undefined;
  return {
    status: 401,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
