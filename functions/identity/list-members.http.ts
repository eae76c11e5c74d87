import { identityApi } from '../../shared/identity/api.ts';
import { listMembers } from '../aws/organisations.ts';
import { verb } from '../edge/verb.ts';

/** The people of the organisation. */
export const getMembers = verb({
  api: identityApi['list-members'],
  run: async ({ ctx }) => ({
    items: (await listMembers(ctx.org)).map(({ person, name, email, role }) => ({
      person,
      name,
      role,
      ...(email !== undefined && { email }),
    })),
  }),
});
