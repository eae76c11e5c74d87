import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { postAlerts } from '../../../functions/operations/post-alerts.ts';

describe('posting the alert of the canary', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });
  async function answering(answer: RequestListener): Promise<string> {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/generic/secret-key`;
  }

  it('is done when the webhook has accepted it', async () => {
    const bodies: string[] = [];
    const url = await answering(async (request, response) => {
      let text = '';
      for await (const part of request) text += String(part);
      bodies.push(`${request.method} ${request.headers['content-type']} ${text}`);
      response.writeHead(202).end('{}');
    });
    await postAlerts(url, [{ key: 'canary-1' }]);
    expect(bodies).toEqual(['POST application/json [{"key":"canary-1"}]']);
  });

  it.each([403, 429, 500, 503])('fails when the answer is %i, and does not tell the key', async (status) => {
    const url = await answering((_, response) => void response.writeHead(status).end('no'));
    const said = await postAlerts(url, []).catch((error: unknown) => String(error));
    expect(said).toContain(`The webhook answered the canary ${status}`);
    expect(said).not.toContain('secret-key');
  });

  it('[C7] fails when the name leads elsewhere', async () => {
    const url = await answering((_, response) => void response.writeHead(302, { location: '/other' }).end());
    await expect(postAlerts(url, [])).rejects.toThrow();
  });
});
