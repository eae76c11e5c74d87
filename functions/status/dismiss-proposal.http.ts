import { Refusal } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { one } from '../../shared/status/index.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';
import { loadProposed } from './proposed.ts';

/** A person does not want to see a proposal again. */
export const dismissProposal = verb({
  api: statusApi['dismiss-proposal'],
  run: async (request) => {
    const { id } = request.params;
    const { state, proposals } = await loadProposed(request.ctx.org);
    const isKnown =
      proposals.some((proposal) => proposal.id === id) || one(state, 'dismissal', id) !== undefined;
    if (!isKnown) throw new Refusal('not_found', `Nothing is proposed as '${id}' here.`, 'path.id');
    await change(request, { do: 'dismiss', proposal: id });
    return reply(204);
  },
});
