import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Says by hand how a component works. */
export const setStatus = verb({
  api: statusApi['set-status'],
  run: (request) => change(request, { do: 'mark', component: request.params.id, ...request.body }),
});
