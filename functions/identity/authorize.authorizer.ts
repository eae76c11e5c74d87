import { type Caller, chooseMembership, MACHINE_KEY_PREFIX } from '../../shared/identity/index.ts';
import { MINUTE, Refusal } from '../../shared/kernel/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { findKey, findMemberships, type WhoDoor } from '../aws/doors.ts';
import { ExpiringCache } from '../aws/expiring-cache.ts';
import { sha256 } from '../aws/random.ts';
import { readSettings } from '../aws/settings.ts';
import { authorizer, exceptPreflight } from '../edge/authorizer.ts';
import { toContext } from '../edge/caller.ts';
import { type Token, tokenChecker } from './token.ts';

const { issuer, clientId, commandsClientId } = readSettings(functions.Authorize.env);
const check = tokenChecker(issuer, [clientId, commandsClientId]);

interface Known {
  readonly token: Token;
  readonly memberships: readonly WhoDoor[];
}
const known = new ExpiringCache<Known>(10_000);

/** Tells who calls: a person by an ID token of the issuer, or a machine by its key. */
export const handler = exceptPreflight(
  authorizer(async ({ headers }) => {
    const [, secret] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (secret === undefined) throw new Refusal('unauthenticated', 'There is no bearer token.');
    const isKey = secret.startsWith(MACHINE_KEY_PREFIX);
    const caller = await (isKey ? machine(secret) : person(secret, headers['x-organisation']));
    return { id: caller.kind === 'person' ? caller.subject : caller.id, context: toContext(caller) };
  }),
);

async function machine(secret: string): Promise<Caller> {
  const door = await findKey(secret);
  if (door?.kind !== 'machine') throw new Refusal('unauthenticated', 'The key is not known.');
  const { org, id, name, role } = door;
  return { kind: 'machine', org, id, name, role };
}

async function person(text: string, wanted: string | undefined): Promise<Caller> {
  const { token, memberships } = await lookUp(text);
  const { subject, name, email } = token;
  const chosen = chooseMembership(memberships, wanted);
  // The organisation's own name of somebody is that of its list of members, which others see.
  const { org, person: id, name: called = name, role } = 'membership' in chosen ? chosen.membership : {};
  return {
    kind: 'person',
    issuer,
    subject,
    name,
    ...(email !== undefined && { email }),
    ...('because' in chosen && { because: chosen.because }),
    ...(org && id && role && { membership: { org, person: id, name: called, role } }),
  };
}

/** The token's content and the person's memberships, remembered for 60 s but never beyond the token's own end. */
async function lookUp(text: string): Promise<Known> {
  const name = sha256(text);
  const cached = known.get(name)?.value;
  if (cached !== undefined && clock.now() < cached.token.expiresAt) return cached;
  const token = await check(text);
  const found = { token, memberships: await findMemberships({ issuer, ...token }) };
  // Whoever has no membership yet may get one any moment, and would wait for a minute.
  if (found.memberships.length > 0) known.set(name, found, MINUTE);
  return found;
}
