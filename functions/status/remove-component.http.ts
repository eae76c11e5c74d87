import { statusApi } from '../../shared/status/api.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Takes a component off the page. */
export const removeComponent = verb({
  api: statusApi['remove-component'],
  run: async (request) => {
    await change(request, { do: 'remove-component', id: request.params.id });
    return reply(204);
  },
});
