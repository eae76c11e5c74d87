import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { signInByBrowser } from '../../../infra/operate/browser-sign-in.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const CODE = 'the-code';

/** An issuer that gives a token for the code, once its verifier fits the challenge, as RFC 7636 says. */
async function issuer() {
  const began = { challenge: '', redirect: '' };
  const server = createServer((request, response) => {
    const reply = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration')
      return reply(200, {
        authorization_endpoint: `${address}/authorize`,
        token_endpoint: `${address}/token`,
      });
    void text(request).then((body) => {
      const form = new URLSearchParams(body);
      const fits =
        form.get('code') === CODE &&
        form.get('grant_type') === 'authorization_code' &&
        form.get('redirect_uri') === began.redirect &&
        createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url') === began.challenge;
      return fits ? reply(200, { id_token: 'the-token' }) : reply(400, { error: 'invalid_grant' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close().closeAllConnections());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, began };
}

/** Begins a sign-in; `browser` is what the person's browser does with the address that it is told to open. */
async function signIn(browser: (asked: URLSearchParams) => Promise<void>, patience?: number) {
  const { address, began } = await issuer();
  const done = Promise.withResolvers<void>();
  const tell = (line: string) => {
    const asked = new URL(/https?:\S+/.exec(line)?.[0] ?? '').searchParams;
    began.challenge = asked.get('code_challenge') ?? '';
    began.redirect = asked.get('redirect_uri') ?? '';
    browser(asked).then(done.resolve, done.reject);
  };
  const token = signInByBrowser({
    issuer: address,
    clientId: 'console',
    port: 0,
    tell,
    ...(patience !== undefined && { patience }),
  });
  const [signed] = await Promise.all([token.catch(String), done.promise]);
  return signed;
}

const comeBack = (asked: URLSearchParams, query: Record<string, string>) =>
  fetch(`${asked.get('redirect_uri')?.replace('localhost', '127.0.0.1')}?${new URLSearchParams(query)}`);

describe('signing in by the browser', () => {
  test('asks for a code with PKCE and changes it for a token', async () => {
    const signed = await signIn(async (asked) => {
      expect(Object.fromEntries(asked)).toMatchObject({
        client_id: 'console',
        response_type: 'code',
        code_challenge_method: 'S256',
        redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+\/$/),
      });
      const page = await comeBack(asked, { code: CODE, state: asked.get('state') ?? '' });
      expect(await page.text()).toBe('You are signed in. Go back to the terminal.');
    });
    expect(signed).toBe('the-token');
  });

  test('takes no code of a sign-in that it did not begin', async () => {
    const signed = await signIn(async (asked) => {
      expect((await comeBack(asked, { code: 'stolen', state: 'other' })).status).toBe(404);
      expect((await comeBack(asked, { code: 'stolen' })).status).toBe(404);
      await comeBack(asked, { code: CODE, state: asked.get('state') ?? '' });
    });
    expect(signed).toBe('the-token');
  });

  test('ends in words when it was refused, when the code is not good, or when nobody comes', async () => {
    const refused = await signIn(async (asked) => {
      await comeBack(asked, {
        error: 'access_denied',
        error_description: 'User cancelled',
        state: asked.get('state') ?? '',
      });
    });
    expect(refused).toBe(
      'Error: The sign-in was refused (access_denied: User cancelled). Try again, or give a machine key by --key.',
    );
    const bad = await signIn(async (asked) => {
      await comeBack(asked, { code: 'other', state: asked.get('state') ?? '' });
    });
    expect(bad).toMatch(
      /^Error: The sign-in at 127\.0\.0\.1:\d+ answers 400 at \/token\. Try again, or give a machine key/,
    );
    expect(await signIn(async () => undefined, 1)).toBe(
      'Error: Nobody signed in within 0.001 seconds. Run the command again, or give a machine key by --key.',
    );
  });
});
