import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type LookupFunction, Socket } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { OutboundFailure, type OutboundLimits, outbound } from '../../../functions/edge/outbound.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server on this machine, its origin, and a client that the deployment allows to reach it. */
async function reachable(listener: RequestListener) {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, send: outbound(new Set([origin])) };
}

let now = 1_000_000;
const pauses: number[] = [];
beforeEach(() => {
  vi.spyOn(clock, 'now').mockImplementation(() => now);
  vi.spyOn(clock, 'pause').mockImplementation(async (duration) => {
    pauses.push(duration);
    now += duration;
  });
  pauses.splice(0);
});
afterEach(() => vi.restoreAllMocks());

const limits = (more: Partial<OutboundLimits> = {}): OutboundLimits => ({
  until: now + 5_000,
  repeatable: true,
  ...more,
});
const get = (url: string) => ({ method: 'GET', url }) as const;

describe('the client for requests to places outside', () => {
  const guarded = outbound(new Set());

  it.each([
    ...['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '2130706433', '0x7f.1', '017700000001', '127.1'],
    ...['0x7f000001', '127.0.0.1.', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '10.0.0.1'],
    ...['172.16.0.1', '192.168.0.1', '224.0.0.1', '255.255.255.255', '[fc00::1]', '[fe80::1]'],
  ])('[F43] does not reach this machine or a private network: %s', async (host) => {
    await expect(guarded(get(`https://${host}/`), limits())).rejects.toMatchObject({ fault: 'refused' });
  });

  it.each([
    ...['169.254.169.254', '[::ffff:a9fe:a9fe]', '0xa9fea9fe', '2852039166', 'metadata.google.internal'],
    ...['100.64.0.1', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '169.254.100.1', '198.18.0.1'],
  ])('[F44] does not reach what tells about the machine: %s', async (host) => {
    await expect(guarded(get(`https://${host}/`), limits())).rejects.toMatchObject({ fault: 'refused' });
  });

  it.each([
    ['to a private address', ['10.0.0.1']],
    ['to a public and a private one', ['93.184.215.14', '127.0.0.1']],
    ['to this machine, in other words', ['::ffff:127.0.0.1']],
  ])('[F45] looks at the addresses when it connects: a name that leads %s', async (_, addresses) => {
    const lookup: LookupFunction = (_name, options, found) => {
      const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      if (options.all) found(null, all);
      else found(null, all.at(-1)?.address ?? '', 4);
    };
    const send = outbound(new Set(), lookup);
    const refused = await send(get('https://rebind.example.com/'), limits()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ fault: 'refused' });
    expect((refused as OutboundFailure).message).not.toMatch(/127|10\.0/);
  });

  it('[F45] looks anew for each try: a name that leads to a public address, then to a private one', async () => {
    const leads = ['93.184.215.14', '10.0.0.1'];
    const lookup: LookupFunction = (_name, _options, found) =>
      found(null, [{ address: leads.shift() ?? '', family: 4 }]);
    const connected: string[] = [];
    // No connection is made: the public address refuses it. Which address would be connected to, the product's lookup says.
    vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...given: unknown[]) {
      const { host, lookup: look } = given[0] as { host: string; lookup: LookupFunction };
      look(host, { all: true }, (error, found) => {
        if (!error) connected.push(...[found].flat().map((one) => (one as { address: string }).address));
        setImmediate(() =>
          this.destroy(error ?? Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
        );
      });
      return this;
    });
    const asked = outbound(new Set(), lookup)(get('https://rebind.example.com/'), limits());
    await expect(asked).rejects.toMatchObject({ fault: 'refused' });
    expect([connected, leads]).toEqual([['93.184.215.14'], []]);
  });

  it.each([
    ['to a private address', 'http://10.0.0.1/'],
    ['from https to http', 'http://example.com/'],
    ['to the next of a chain', '/next'],
  ])('[F46] hands a redirect back and does not follow it: %s', async (_, location) => {
    let asked = 0;
    const { origin, send } = await reachable((_, answer) => {
      asked += 1;
      answer.writeHead(302, { location }).end();
    });
    expect(await send(get(`${origin}/`), limits())).toMatchObject({ status: 302, headers: { location } });
    expect(asked).toBe(1);
  });

  it('sends what it is told to, and gives the answer', async () => {
    const { origin, send } = await reachable((asked, answer) => {
      asked.setEncoding('utf8').on('data', (body: string) => {
        answer.writeHead(201, { 'x-seen': `${asked.method} ${asked.url} ${asked.headers.authorization}` });
        answer.end(body.toUpperCase());
      });
    });
    const headers = { authorization: 'Bearer t' };
    const request = { method: 'POST', url: `${origin}/a?b=c`, headers, body: 'né' } as const;
    expect(await send(request, limits())).toMatchObject({
      ...{ status: 201, body: 'NÉ' },
      headers: { 'x-seen': 'POST /a?b=c Bearer t' },
    });
  });

  it('[F48] cuts an answer that is too long, too slow, compressed or full of headers', async () => {
    const { origin, send } = await reachable((asked, answer) => {
      if (asked.url === '/long') answer.end('x'.repeat(5_000));
      if (asked.url === '/slow') drip(answer);
      if (asked.url === '/zip') answer.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      if (asked.url === '/headers') answer.writeHead(200, { a: 'x'.repeat(40_000) }).end();
    });
    const ask = (path: string) =>
      send(get(`${origin}${path}`), limits({ tries: 1, bytes: 4_000, time: 200 }));
    await expect(ask('/long')).rejects.toMatchObject({ fault: 'too-large' });
    await expect(ask('/slow')).rejects.toMatchObject({ fault: 'timeout' });
    await expect(ask('/silent')).rejects.toMatchObject({ fault: 'timeout' });
    await expect(ask('/zip')).rejects.toMatchObject({ fault: 'too-large' });
    await expect(ask('/headers')).rejects.toMatchObject({ fault: 'unreachable' });
  });

  it('[F48] reads no more than the beginning of an answer without end, where that is wanted', async () => {
    let sent = 0;
    const { origin, send } = await reachable((_, answer) => {
      const more = () => {
        do sent += 65_536;
        while (!answer.destroyed && answer.write('né'.repeat(21_846).slice(1)));
      };
      answer.on('drain', more);
      more();
    });
    const asked = await send(get(`${origin}/`), limits({ tries: 1, bytes: 4_000, beyond: 'cut' }));
    expect(asked).toMatchObject({ status: 200, isCut: true });
    // No letter is cut in two.
    expect(asked.body).toMatch(/^[né]{2600,2700}$/);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('reads an answer that is just as long as it may be to its end', async () => {
    const { origin, send } = await reachable((_, answer) => void answer.end('x'.repeat(4_000)));
    const asked = await send(get(`${origin}/`), limits({ bytes: 4_000, beyond: 'cut' }));
    expect([asked.body.length, asked.isCut]).toEqual([4_000, undefined]);
  });
});

/** A byte every 20 ms, without end. */
function drip(answer: ServerResponse): void {
  answer.write('x');
  const timer = setInterval(() => answer.write('x'), 20);
  answer.on('close', () => clearInterval(timer));
}

describe('[F38] trying again', () => {
  /** Answers with these statuses in turn; 0 breaks the connection. */
  async function answering(...statuses: readonly (number | readonly [number, string])[]) {
    const left = [...statuses];
    const { origin, send } = await reachable((_, answer) => {
      const [status, after] = [left.shift() ?? 200].flat() as [number, string?];
      if (status === 0) answer.destroy();
      else answer.writeHead(status, after === undefined ? {} : { 'retry-after': after }).end();
    });
    return { ask: (more?: Partial<OutboundLimits>) => send(get(`${origin}/`), limits(more)), left };
  }

  it('waits longer each time, never twice the same', async () => {
    const { ask } = await answering(500, 0, 200);
    expect(await ask()).toMatchObject({ status: 200 });
    expect(pauses).toHaveLength(2);
    expect(pauses[0]).toBeGreaterThanOrEqual(200);
    expect(pauses[1]).toBeGreaterThanOrEqual(400);
  });

  it('waits as long as it is told to, in seconds or until a date', async () => {
    const { ask } = await answering([429, '2'], [503, new Date(now + 4_000).toUTCString()], 200);
    expect(await ask({ until: now + 60_000 })).toMatchObject({ status: 200 });
    expect(pauses[0]).toBe(2_000);
  });

  it('does not wait beyond its time: the answer is what there is', async () => {
    const { ask, left } = await answering([429, '30'], 200);
    expect(await ask()).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    expect([pauses, left]).toEqual([[], [200]]);
  });

  it('ends after some tries, with the last answer or fault', async () => {
    expect(await (await answering(500, 502, 503, 200)).ask()).toMatchObject({ status: 503 });
    const broken = await answering(0, 0, 0, 200);
    await expect(broken.ask()).rejects.toMatchObject({ fault: 'unreachable' });
    expect(broken.left).toEqual([200]);
  });

  it('repeats nothing that may have been carried out, unless that may be done twice', async () => {
    expect(await (await answering(500, 200)).ask({ repeatable: false })).toMatchObject({ status: 500 });
    expect(await (await answering(429, 503, 200)).ask({ repeatable: false })).toMatchObject({ status: 200 });
    await expect((await answering(0, 200)).ask({ repeatable: false })).rejects.toBeInstanceOf(
      OutboundFailure,
    );
  });

  it('begins nothing when there is no time, and repeats no refusal', async () => {
    const { ask, left } = await answering(200);
    await expect(ask({ until: now })).rejects.toMatchObject({ fault: 'timeout' });
    expect(left).toEqual([200]);
    await expect(outbound(new Set())(get('https://127.0.0.1/'), limits())).rejects.toMatchObject({
      fault: 'refused',
    });
    expect(pauses).toEqual([]);
  });
});
