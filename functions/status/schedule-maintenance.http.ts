import { idOf } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Announces maintenance. */
export const scheduleMaintenance = verb({
  api: statusApi['schedule-maintenance'],
  run: async (request) => {
    const { attempt, ctx, body } = request;
    const id = idOf('maintenance', attempt.at, ctx.org, attempt.seed);
    return { id, ...(await change(request, { do: 'schedule', id, maintenance: body })) };
  },
});
