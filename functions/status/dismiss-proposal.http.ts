import { statusApi } from '../../shared/status/api.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** A person does not want to see a proposal again. */
export const dismissProposal = verb({
  api: statusApi['dismiss-proposal'],
  run: async (request) => {
    await change(request, { do: 'dismiss', proposal: request.params.id });
    return reply(204);
  },
});
