import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Changes what stands over the updates of a published incident. */
export const changeIncident = verb({
  api: statusApi['change-incident'],
  run: (request) => change(request, { do: 'change-incident', id: request.params.id, change: request.body }),
});
