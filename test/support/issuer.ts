import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An OIDC issuer that publishes one RS256 key and signs whatever a test wants. */
export interface Issuer {
  readonly url: string;
  /** How often its keys were asked for. */
  asked(): number;
  sign(claims: JWTPayload, header?: { kid?: string }): Promise<string>;
  readonly publicPem: string;
  stop(): Promise<void>;
}

/** Starts an issuer on a free port of this machine. */
export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  let asked = 0;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url?.endsWith('/jwks')) asked += 1;
    const url = `http://127.0.0.1:${port()}`;
    const document = request.url?.endsWith('/jwks')
      ? { keys: [jwk] }
      : { issuer: url, jwks_uri: `${url}/jwks` };
    response.end(JSON.stringify(document));
  });
  const port = (): number => (server.address() as AddressInfo).port;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port()}`,
    asked: () => asked,
    publicPem: JSON.stringify(jwk),
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(privateKey),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
