import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Renames or moves a group. */
export const changeGroup = verb({
  api: statusApi['change-group'],
  run: (request) => {
    const { before, ...rest } = request.body;
    return change(request, { do: 'change-group', id: request.params.id, change: rest, before });
  },
});
