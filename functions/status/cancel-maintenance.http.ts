import { statusApi } from '../../shared/status/api.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Cancels maintenance, or ends it. */
export const cancelMaintenance = verb({
  api: statusApi['cancel-maintenance'],
  run: async (request) => {
    await change(request, { do: 'cancel-maintenance', id: request.params.id });
    return reply(204);
  },
});
