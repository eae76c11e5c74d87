import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Changes announced maintenance. */
export const changeMaintenance = verb({
  api: statusApi['change-maintenance'],
  run: (request) =>
    change(request, { do: 'change-maintenance', id: request.params.id, change: request.body }),
});
