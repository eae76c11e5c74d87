import { identityApi } from '../../shared/identity/api.ts';
import { MACHINE_KEY_PREFIX } from '../../shared/identity/index.ts';
import { idOf, toText } from '../../shared/kernel/index.ts';
import { putMachineKey } from '../aws/organisations.ts';
import { newToken } from '../aws/random.ts';
import { verb } from '../edge/verb.ts';

/** Makes a machine key. Its secret leaves the system in this answer and is kept only as a hash. */
export const createKey = verb({
  api: identityApi['create-key'],
  run: async ({ ctx, body, attempt }) => {
    const id = idOf('key', attempt.at, attempt.seed);
    const secret = `${MACHINE_KEY_PREFIX}${newToken()}`;
    const row = { id, ...body, createdAt: attempt.at, createdBy: ctx.actor.id };
    await putMachineKey(ctx.org, secret, row);
    return { ...row, createdAt: toText(row.createdAt), secret };
  },
});
