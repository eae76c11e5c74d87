import { identityApi } from '../../shared/identity/api.ts';
import { type Caller, type PersonCaller, whyNoOrganisation } from '../../shared/identity/index.ts';
import { findMemberships, type WhoDoor } from '../aws/doors.ts';
import { organisationNames } from '../aws/organisations.ts';
import { callerVerb } from '../edge/verb.ts';
import { foundOrganisation } from './found-organisation.ts';

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
      ...(memberships.length === 0 && caller.kind === 'person' && { because: whyNoOrganisation(caller) }),
    };
  },
});

async function membershipsOf(caller: Caller) {
  if (caller.kind === 'machine') return [{ org: caller.org, role: caller.role, person: undefined }];
  const found = await findMemberships(caller);
  return found.length > 0 ? found : atFirstSignIn(caller);
}

/** The console asks this right after a sign-in: where the administrator of the settings gets the organisation. */
async function atFirstSignIn(caller: PersonCaller): Promise<readonly WhoDoor[]> {
  return (await foundOrganisation(caller)) ? findMemberships(caller) : [];
}
