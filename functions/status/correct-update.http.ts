import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Corrects the words of an update. */
export const correctUpdate = verb({
  api: statusApi['correct-update'],
  run: (request) => {
    const { id: incident, update } = request.params;
    return change(request, { do: 'correct-update', incident, update, ...request.body });
  },
});
