import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forget } from '../../../infra/local/forget.ts';
import { portsFor } from '../../../infra/local/kept-ports.ts';
import { lockData } from '../../../infra/local/lock.ts';
import { planPorts } from '../../../infra/local/port-plan.ts';
import { exactPort, freePort } from '../../../infra/local/ports.ts';
import type { ResourceKind } from '../../../infra/local/resource.ts';
import type { Known } from '../../../infra/local/template.ts';
import { temporaryFolder } from '../../support/sample-stack/start.ts';

const server = createServer();
let taken = 0;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  taken = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

const door = (id: string, type: string, more: Partial<ResourceKind> = {}): Known => {
  const identity = { ref: id, attributes: {} };
  const kind: ResourceKind = { type, phase: 'door', identity: () => identity, addresses: () => [], ...more };
  return { declared: { id, type, properties: {} }, kind, identity };
};
const api = door('Api', 'AWS::ApiGateway::RestApi');
const site = door('Site', 'AWS::CloudFront::Distribution');
const { addresses: _, ...silent } = door('Stage', 'AWS::ApiGateway::Stage').kind;

test('a port that is in use is refused, with what to do, when it was asked for', async () => {
  await expect(exactPort(taken)).rejects.toThrow(/in use.*--port/);
  await expect(planPorts([api], taken)).rejects.toThrow(`Port ${taken}`);
});

test('the API gets the port that was asked for, the other doors follow or move to free ports', async () => {
  const port = taken - 1;
  const free = await exactPort(port).catch(() => undefined);
  const ports = await planPorts(
    [site, { ...api, kind: api.kind }, { ...site, kind: silent }],
    free ?? (await freePort()),
  );
  if (free !== undefined) {
    expect(ports.get('Api')).toBe(port);
    expect(ports.get('Site')).not.toBe(taken);
  }
  expect(new Set(ports.values()).size).toBe(2);
});

test('port 0 gives every door a free port of its own', async () => {
  const ports = await planPorts([api, site], 0);
  expect(new Set([...ports.values(), taken, 0]).size).toBe(4);
});

describe('a door that keeps its port', () => {
  const signIn = door('SignIn', 'AWS::Cognito::UserPool', { keepsPort: () => 'where people sign in' });
  const doors = [api, signIn, site];
  const data = temporaryFolder();
  afterAll(() => data.remove());

  test('has it again at another port of the API, and nobody else gets it', async () => {
    const first = await portsFor(data.path, doors, 0);
    const kept = first.get('SignIn') ?? 0;
    for (const port of [0, await freePort(), await freePort(kept - 1)]) {
      const ports = await portsFor(data.path, doors, port);
      expect(ports.get('SignIn')).toBe(kept);
      expect(new Set(ports.values()).size).toBe(3);
      if (port !== 0) expect(ports.get('Api')).toBe(port);
    }
    await expect(portsFor(data.path, doors, kept)).rejects.toThrow(/people sign in.*--port/);
  });

  test('is refused when somebody else has it, and begins anew once the folder was forgotten', async () => {
    const before = new Map([
      ['SignIn', taken],
      ['Site', taken],
    ]);
    await expect(planPorts(doors, 0, before)).rejects.toThrow(/in use, .*--data, or .*--fresh/);
    expect((await planPorts([api, site], 0, before)).get('Site')).not.toBe(taken);
    const kept = (await portsFor(data.path, doors, 0)).get('SignIn');
    lockData(data.path).release();
    forget(data.path);
    expect((await portsFor(data.path, doors, 0)).get('SignIn')).not.toBe(kept);
  });
});
