import { type Caller, ctxOf } from '../../shared/identity/index.ts';
import { type Ctx, digest, Refusal } from '../../shared/kernel/index.ts';

/**
 * The authorizer's finding as API Gateway carries it: strings only. `org` and `actor` are for the logs; whoever acts in no
 * organisation is told by a hash, which is no personal data.
 */
export function toContext(caller: Caller): Record<string, string> {
  const ctx = ctxOf(caller);
  return {
    caller: JSON.stringify(caller),
    org: ctx?.org ?? '-',
    actor: ctx?.actor.id ?? principalOf(caller),
  };
}

const principalOf = (caller: Caller): string =>
  caller.kind === 'person' ? `person:${digest(caller.issuer, caller.subject)}` : `machine:${caller.id}`;

/** Who calls, by what our own authorizer put into the event; refuses when nothing is there. */
export function callerOf(context: Readonly<Record<string, unknown>> | null | undefined): Caller {
  const text = context?.caller;
  if (typeof text !== 'string') {
    throw new Refusal('unauthenticated', 'Send a bearer token or a machine key in the Authorization header.');
  }
  return JSON.parse(text) as Caller;
}

/** The caller's organisation; refuses a caller that has none, with the reason that the authorizer found. */
export function memberOf(caller: Caller): Ctx {
  const ctx = ctxOf(caller);
  if (ctx !== undefined) return ctx;
  const because = caller.kind === 'person' ? caller.because : undefined;
  throw new Refusal('forbidden', because ?? 'You are a member of no organisation here.');
}
