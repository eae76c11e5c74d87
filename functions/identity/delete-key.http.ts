import { identityApi } from '../../shared/identity/api.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { disconnect } from '../aws/disconnect.ts';
import { removeMachineKey } from '../aws/organisations.ts';
import { verb } from '../edge/verb.ts';

/** Withdraws a machine key; warm authorizers may honour it for 60 s more. */
export const deleteKey = verb({
  api: identityApi['delete-key'],
  run: async ({ ctx, params }) => {
    const removed = await removeMachineKey(ctx.org, params.id);
    await disconnect(ctx.org, params.id);
    if (removed) return undefined;
    throw new Refusal('not_found', 'There is no key with this id.', 'path.id');
  },
});
