import { statusApi } from '../../shared/status/api.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Removes a group; its components stay. */
export const removeGroup = verb({
  api: statusApi['remove-group'],
  run: async (request) => {
    await change(request, { do: 'remove-group', id: request.params.id });
    return reply(204);
  },
});
