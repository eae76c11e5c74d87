import { idOf } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Adds a group of components. */
export const addGroup = verb({
  api: statusApi['add-group'],
  run: async (request) => {
    const { attempt, ctx, body } = request;
    const id = idOf('componentGroup', attempt.at, ctx.org, attempt.seed);
    return { id, ...(await change(request, { do: 'add-group', id, ...body })) };
  },
});
