import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Changes what is said of a component, or moves it. */
export const changeComponent = verb({
  api: statusApi['change-component'],
  run: (request) => {
    const { before, ...rest } = request.body;
    return change(request, { do: 'change-component', id: request.params.id, change: rest, before });
  },
});
