import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiClient } from '../../infra/demo/api-client.ts';
import type { IncidentView } from '../../shared/incidents/index.ts';
import { post } from '../support/app.ts';
import { freePort, type LocalProcess, startProcess } from '../support/local-process.ts';

/** A start takes seconds, so few by default; `KILLS=200 npm test -- crash` takes its time. */
const KILLS = Number(process.env.KILLS ?? 3);
const SENDERS = 8;
/** Each kill comes after so many accepted alerts, in the middle of the work on them. */
const ACCEPTED_BEFORE_KILL = 40;

/** Sends alerts, each of a service of its own, until the system is gone; gives the services that were accepted. */
async function sendUntilGone(webhook: string, prefix: string, accepted: string[]): Promise<void> {
  for (let i = 0; ; i++) {
    const service = `${prefix}-${i}`;
    const answer = await post(webhook, { title: 'Down', service, severity: 'critical', key: service }).catch(
      () => undefined,
    );
    if (answer === undefined) return;
    if (answer.status === 202) accepted.push(service);
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

async function openServices({ addresses }: LocalProcess): Promise<readonly string[]> {
  const call = apiClient(addresses.api, addresses.token);
  const services: string[] = [];
  let cursor = '';
  do {
    const { body } = await call('GET', `/api/incidents?state=open&limit=200${cursor}`);
    services.push(...(body.items as readonly IncidentView[]).map(({ service = '' }) => service));
    cursor = body.next === undefined ? '' : `&cursor=${encodeURIComponent(String(body.next))}`;
  } while (cursor !== '');
  return services;
}

describe('the local system is killed while it works', () => {
  it(
    '[F33] and loses no alert that it accepted, and opens none twice',
    async () => {
      const data = await mkdtemp(join(tmpdir(), 'crash-'));
      const port = await freePort();
      const accepted: string[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        const system = await startProcess(data, port);
        const goal = accepted.length + ACCEPTED_BEFORE_KILL;
        const webhook = system.addresses.webhooks.generic ?? '';
        const sending = Array.from({ length: SENDERS }, (_, i) =>
          sendUntilGone(webhook, `kill-${kill}-${i}`, accepted),
        );
        await until(() => accepted.length >= goal);
        await system.end('SIGKILL');
        await Promise.all(sending);
      }
      const system = await startProcess(data, port);
      const missing = async () => {
        const open = new Set(await openServices(system));
        return accepted.filter((service) => !open.has(service));
      };
      await until(async () => (await missing()).length === 0);
      const open = await openServices(system);
      expect(open.length).toBe(new Set(open).size);
      expect(await system.end('SIGINT')).toBeLessThan(2_000);
      await rm(data, { recursive: true, force: true });
    },
    KILLS * 60_000,
  );
});
