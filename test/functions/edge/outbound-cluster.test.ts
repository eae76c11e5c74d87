import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outbound } from '../../../functions/edge/outbound.ts';
import { targetOf } from '../../../functions/edge/outbound-target.ts';
import { isPrivateAddress } from '../../../functions/edge/private-network.ts';

const none = new Set<string>();
const file = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../support/fixtures/cluster', name), 'utf8');
const limits = () => ({ until: Date.now() + 3_000, tries: 1, repeatable: true });

describe('a request to a cluster', () => {
  const open = { isPrivate: false };
  const own = { isPrivate: true };

  it('reaches public endpoints of EKS and the port of Kubernetes, which nothing else does', () => {
    const eks = 'https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com/api';
    expect(targetOf(eks, none, open).isPrivate).toBe(false);
    expect(targetOf('https://k8s.example.com:6443/api', none, open).isAllowed).toBe(false);
    expect(() => targetOf(eks, none)).toThrow(/leads inside/);
    expect(() => targetOf('https://k8s.example.com:6443/api', none)).toThrow(/port 6443/);
  });

  it.each([
    ['https://sts.eu-central-1.amazonaws.com/', open],
    ['https://k8s.internal/', open],
    ['https://k8s.example.com:22/', open],
    ['http://k8s.example.com/', open],
    ['http://10.0.0.1/', own],
    ['https://127.0.0.1:6443/', own],
    ['https://169.254.169.254/', own],
    ['https://[::1]/', own],
    ['https://[fd00:ec2::254]/', own],
    ['https://93.184.215.14/', own],
  ] as const)('[F43] [F44] [F47] is refused: %s, %j', (url, cluster) => {
    expect(() => targetOf(url, none, cluster)).toThrow(/refused/);
  });

  it('reaches a private network where that is the explicit exception, and nothing else by it', () => {
    for (const address of ['10.0.0.1', '172.31.255.1', '192.168.1.1', 'fd12::1']) {
      expect(isPrivateAddress(address)).toBe(true);
      const host = address.includes(':') ? `[${address}]` : address;
      expect(targetOf(`https://${host}:6443/`, none, own).isPrivate).toBe(true);
    }
    for (const address of [
      '127.0.0.1',
      '169.254.169.254',
      '100.64.0.1',
      '8.8.8.8',
      '::ffff:127.0.0.1',
      'fd00:ec2::254',
      'x',
    ])
      expect(isPrivateAddress(address)).toBe(false);
  });

  it.each([[['127.0.0.1']], [['10.0.0.1', '127.0.0.1']], [['93.184.215.14']]])(
    '[F45] looks at the addresses of a name when it connects: %j',
    async (addresses) => {
      const lookup: LookupFunction = (_, options, found) => {
        const all = addresses.map((address) => ({ address, family: 4 }));
        if (options.all) found(null, all);
        else found(null, all[0]?.address ?? '', 4);
      };
      const asked = { method: 'GET', url: 'https://k8s.example.com/', cluster: own } as const;
      await expect(outbound(none, lookup)(asked, limits())).rejects.toMatchObject({ fault: 'refused' });
    },
  );
});

describe('the certificate of a cluster', () => {
  const server = createServer({ key: file('server-key.pem'), cert: file('server.pem') }, (_, answer) => {
    answer.writeHead(302, { location: 'https://127.0.0.1:1/' }).end('here');
  });
  let origin = '';
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it('[F48] is trusted by the authority that is registered, and by no other', async () => {
    const send = outbound(new Set([origin]));
    const asked = (ca?: string) => ({
      method: 'GET' as const,
      url: origin,
      cluster: { ca, isPrivate: true },
    });
    await expect(send(asked(), limits())).rejects.toMatchObject({ fault: 'unreachable' });
    expect(await send(asked(file('ca.pem')), limits()), '[F46]').toMatchObject({ status: 302, body: 'here' });
  });
});
