import { identityApi } from '../../shared/identity/api.ts';
import { toText } from '../../shared/kernel/index.ts';
import { listMachineKeys } from '../aws/organisations.ts';
import { verb } from '../edge/verb.ts';

/** The machine keys of the organisation, without their secrets. */
export const listKeys = verb({
  api: identityApi['list-keys'],
  run: async ({ ctx }) => ({
    items: (await listMachineKeys(ctx.org)).map(({ id, name, role, createdAt, createdBy }) => ({
      id,
      name,
      role,
      createdAt: toText(createdAt),
      createdBy,
    })),
  }),
});
