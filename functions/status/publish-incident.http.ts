import { idOf } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';
import { checkSource } from './source.ts';

/** A person publishes an incident. */
export const publishIncident = verb({
  api: statusApi['publish-incident'],
  run: async (request) => {
    const { attempt, ctx, body } = request;
    if (body.source) await checkSource(ctx.org, body.source);
    const id = idOf('statusIncident', attempt.at, ctx.org, attempt.seed);
    const update = idOf('statusUpdate', attempt.at, ctx.org, attempt.seed);
    return { id, ...(await change(request, { do: 'publish-incident', id, update, ...body })) };
  },
});
