import { statusApi } from '../../shared/status/api.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Takes an update back. */
export const withdrawUpdate = verb({
  api: statusApi['withdraw-update'],
  run: async (request) => {
    const { id: incident, update } = request.params;
    await change(request, { do: 'withdraw-update', incident, update });
    return reply(204);
  },
});
