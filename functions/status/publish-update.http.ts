import { idOf } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** A person publishes what is new about an incident. */
export const publishUpdate = verb({
  api: statusApi['publish-update'],
  run: async (request) => {
    const { attempt, ctx, params, body } = request;
    const id = idOf('statusUpdate', attempt.at, ctx.org, attempt.seed);
    return {
      id,
      ...(await change(request, { do: 'publish-update', incident: params.id, update: id, ...body })),
    };
  },
});
