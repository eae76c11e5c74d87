import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { type Listening, listen } from '../../../../infra/local/gateway/listen.ts';
import { alsoOnLoopback6, lacksLoopback6 } from '../../../../infra/local/gateway/loopback6.ts';
import { exactPort } from '../../../../infra/local/ports.ts';

const hasIt = Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === '::1'));

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function greeter(lines: string[] = []): Promise<Listening> {
  const listening = await listen(0, async (_, response) => void response.end('here'), {
    log: (line) => lines.push(line),
  });
  stops.push(() => listening.stop());
  return listening;
}

/** What a server on an address answers, and over which address it saw the client. */
async function ask(host: string, port: number): Promise<string> {
  const asked = request({ host, port, agent: false }).end();
  const [response] = await once(asked, 'response');
  return (await response.toArray()).join('');
}

describe.skipIf(!hasIt)('where the machine has ::1, a door', () => {
  test('answers there as on 127.0.0.1, and so on localhost, whichever of them that is', async () => {
    const { port } = await greeter();
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(await ask(host, port)).toBe('here');
  });

  test('stops on both', async () => {
    const listening = await greeter();
    await ask('::1', listening.port);
    await listening.stop();
    stops.splice(0);
    for (const host of ['127.0.0.1', '::1'])
      await expect(ask(host, listening.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('does not take a port that another program has there, and tells of it when it finds out late', async () => {
    const other = createServer((_, response) => response.end('other')).listen(0, '::1');
    await once(other, 'listening');
    stops.push(() => other.close());
    const { port } = other.address() as { port: number };
    await expect(exactPort(port)).rejects.toThrow(`Port ${port}`);
    const lines: string[] = [];
    expect(await alsoOnLoopback6(createServer(), port, (line) => lines.push(line))).toBeUndefined();
    expect(lines.join()).toMatch(/is not ours, so localhost may lead elsewhere: .*EADDRINUSE/);
  });
});

test('a machine without ::1 is no fault, whatever words it has for that', () => {
  const said = (code: string) => lacksLoopback6(Object.assign(new Error(code), { code }));
  expect(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EADDRINUSE', 'EACCES'].map(said)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
