import { Refusal } from '../kernel/index.ts';
import type { Caller, Membership } from './caller.ts';

/** The membership that a request is about: the one named by header, else the only one; otherwise why there is none. */
export function chooseMembership<Row extends Membership>(
  memberships: readonly Row[],
  wanted: string | undefined,
): { readonly membership: Row } | { readonly because: string } {
  const [first, second] = memberships;
  if (first === undefined) {
    return { because: 'You are a member of no organisation. Ask an administrator to add you.' };
  }
  if (wanted !== undefined) {
    const membership = memberships.find(({ org }) => org === wanted);
    // The same words whether that organisation exists or not.
    return membership
      ? { membership }
      : { because: 'You are not a member of the organisation in X-Organisation.' };
  }
  if (second === undefined) return { membership: first };
  const names = memberships.map(({ org }) => org).join(', ');
  return {
    because: `You are a member of several organisations; name one in the header X-Organisation: ${names}.`,
  };
}

/** Whether a caller may make an organisation: only the person whom the stack's settings name, by a verified address. */
export function mayCreateOrganisation(caller: Caller, administrator: string): boolean {
  return (
    caller.kind === 'person' &&
    caller.email !== undefined &&
    caller.email.toLowerCase() === administrator.trim().toLowerCase()
  );
}

/** Why somebody is in no organisation, in words for them; nothing is said of who else is. */
export function whyNoOrganisation({ email }: Pick<Extract<Caller, { kind: 'person' }>, 'email'>): string {
  return email === undefined
    ? 'Your sign-in does not say that your e-mail address is verified, so nobody can be found by it. Ask whoever runs the sign-in to verify it, then sign in again.'
    : `No organisation has a member with the address ${email}. Ask an administrator to add this very address, then reload.`;
}

/** Refuses whoever is not a person: a machine key belongs to one organisation and cannot act outside of it. */
export function personOf(caller: Caller): Extract<Caller, { kind: 'person' }> {
  if (caller.kind === 'person') return caller;
  throw new Refusal('forbidden', 'This needs the token of a person; a machine key cannot do it.');
}
