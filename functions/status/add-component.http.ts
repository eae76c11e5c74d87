import { idOf } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Adds a component. */
export const addComponent = verb({
  api: statusApi['add-component'],
  run: async (request) => {
    const { attempt, ctx, body } = request;
    const id = idOf('component', attempt.at, ctx.org, attempt.seed);
    return { id, ...(await change(request, { do: 'add-component', id, component: body })) };
  },
});
