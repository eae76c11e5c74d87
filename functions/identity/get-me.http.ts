import { identityApi } from '../../shared/identity/api.ts';
import type { Caller } from '../../shared/identity/index.ts';
import { findMemberships } from '../aws/doors.ts';
import { organisationNames } from '../aws/organisations.ts';
import { callerVerb } from '../edge/verb.ts';

/** Who the caller is, and in which organisations: what a console needs before it can name one. */
export const getMe = callerVerb({
  api: identityApi['get-me'],
  run: async ({ caller }) => {
    const memberships = await membershipsOf(caller);
    const names = await organisationNames(memberships.map(({ org }) => org));
    return {
      kind: caller.kind,
      name: caller.name,
      ...(caller.kind === 'person' && caller.email !== undefined && { email: caller.email }),
      organisations: memberships.map(({ org, role, person }) => ({
        id: org,
        name: names.get(org) ?? org,
        role,
        ...(person && { person }),
      })),
    };
  },
});

async function membershipsOf(caller: Caller) {
  if (caller.kind === 'machine') return [{ org: caller.org, role: caller.role, person: undefined }];
  return findMemberships(caller);
}
