import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { Refusal, SECOND } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';

/** What a checked token says of a person. */
export interface Token {
  readonly subject: string;
  readonly name: string;
  readonly email?: string;
  readonly expiresAt: number;
}

const claims = z.object({
  sub: z.string().min(1).max(512),
  exp: z.number(),
  email: z.string().max(320).optional(),
  email_verified: z.union([z.boolean(), z.string()]).optional(),
  name: z.string().max(200).optional(),
});

/** The checker of ID tokens of one issuer for our clients: signature by the issuer's published keys, RS256 only. */
export function tokenChecker(
  issuer: string,
  clientIds: readonly string[],
): (token: string) => Promise<Token> {
  let keys: JWTVerifyGetKey | undefined;
  return async (token) => {
    keys ??= await publishedKeys(issuer);
    try {
      const audience = [...clientIds];
      const options = { issuer, audience, algorithms: ['RS256'], requiredClaims: ['exp', 'sub'] };
      const { payload } = await jwtVerify(token, keys, { ...options, currentDate: new Date(clock.now()) });
      return toToken(payload);
    } catch (error) {
      // Only what is wrong with the token is the caller's fault; an issuer that cannot be reached is not.
      if (!(error instanceof errors.JOSEError) || unreachable.includes(error.code)) throw error;
      throw new Refusal('unauthenticated', 'The token is not valid.');
    }
  };
}

/** The codes with which the library says that it could not get the issuer's keys. */
const unreachable = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

function toToken(payload: JWTPayload): Token {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw new Refusal('unauthenticated', 'The token lacks claims.');
  const { sub, exp, email, email_verified: verified, name } = parsed.data;
  return {
    subject: sub,
    expiresAt: exp * SECOND,
    name: name ?? email ?? sub,
    ...(email !== undefined && String(verified) === 'true' && { email }),
  };
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

async function publishedKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(3_000), redirect: 'error' });
  if (!response.ok) throw new Error(`The issuer's discovery document answers ${response.status}`);
  const document = discovery.parse(await response.json());
  if (document.issuer !== issuer) throw new Error('The discovery document is of another issuer');
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: 3_000 });
}
